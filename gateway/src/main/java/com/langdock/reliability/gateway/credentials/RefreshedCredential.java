package com.langdock.reliability.gateway.credentials;

import com.langdock.reliability.core.domain.Ticker;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A credential that a thread of its own fetches, and fetches again ahead of its end, so that no
 * request waits for it. After a failure the present one is used until it ends.
 *
 * <p>Only that thread fetches, so there is one fetch at a time. A {@link #renew} of a credential
 * that a provider refused ends the thread's wait; all requests that wait for it get the same one.
 */
public final class RefreshedCredential<T> implements HeldCredential<T>, AutoCloseable {
  /** The least time between two fetches, whoever asks for them. */
  static final Duration MIN_BETWEEN = Duration.ofSeconds(1);

  /** More requests than this do not wait for one fetch. */
  private static final int MAX_WAITING = 10_000;

  private static final Logger LOG = LoggerFactory.getLogger(RefreshedCredential.class);
  private static final Duration AHEAD = Duration.ofMinutes(5);
  private static final int SHARE_AHEAD = 5;
  private static final double JITTER = 0.1;
  private static final Duration FIRST_BACKOFF = Duration.ofSeconds(1);
  private static final Duration MAX_BACKOFF = Duration.ofMinutes(1);

  /** Where a credential comes from. May block. */
  @FunctionalInterface
  public interface Source<T> {
    /** Fetches one. */
    Issued<T> fetch() throws Exception;
  }

  /** A credential that is valid for {@code lifetime} from now on. */
  public record Issued<T>(T value, Duration lifetime) {
    /** The lifetime of what does not end. */
    public static final Duration UNLIMITED = Duration.ofDays(3_650);

    /** Omits the secret. */
    @Override
    public String toString() {
      return "Issued[" + lifetime + "]";
    }
  }

  private record Held<T>(T value, long fetchedNanos, long endNanos) {}

  private final String name;
  private final Source<T> source;
  private final Ticker ticker;
  private final RandomGenerator random;
  private final CountDownLatch asked = new CountDownLatch(1);
  private final Semaphore wake = new Semaphore(0);
  private final List<Runnable> waiting = new ArrayList<>();
  private volatile @Nullable Held<T> held;
  private Duration backoff = FIRST_BACKOFF;
  private long lastNanos;
  private boolean isStopped;
  private @Nullable Thread thread;

  /**
   * A credential that {@link #start} begins to fetch.
   *
   * @param name for the log
   * @param random must allow calls from every thread
   */
  public RefreshedCredential(String name, Source<T> source, Ticker ticker, RandomGenerator random) {
    this.name = name;
    this.source = source;
    this.ticker = ticker;
    this.random = random;
    this.lastNanos = ticker.nanos() - MIN_BETWEEN.toNanos();
  }

  @Override
  public Optional<T> current() {
    Held<T> present = held;
    return present == null || present.endNanos() - ticker.nanos() <= 0
        ? Optional.empty()
        : Optional.of(present.value());
  }

  @Override
  public boolean isRenewable() {
    return true;
  }

  /** Asks for a fetch at most once a second, whether the last one succeeded or not. */
  @Override
  public void renew(long sinceNanos, Runnable done) {
    if (!awaits(sinceNanos, done)) {
      done.run();
    }
  }

  private synchronized boolean awaits(long sinceNanos, Runnable done) {
    Held<T> present = held;
    boolean isNew = present != null && present.fetchedNanos() - sinceNanos > 0;
    boolean isEarly = ticker.nanos() - lastNanos < MIN_BETWEEN.toNanos();
    if (isStopped || isNew || isEarly || waiting.size() >= MAX_WAITING) {
      return false;
    }
    waiting.add(done);
    wake.release();
    return true;
  }

  /** Fetches it in a thread of its own until it is closed. */
  public RefreshedCredential<T> start() {
    thread = Thread.ofVirtual().name("credential-" + name).start(this::run);
    return this;
  }

  /** Waits until it was fetched once, or could not be; at most for {@code most}. */
  public void awaitFirst(Duration most) {
    try {
      if (!asked.await(most.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("The credential of {} is late", name);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    if (thread != null) {
      thread.interrupt();
    }
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        awaitNext(refresh());
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    } finally {
      ended(true).forEach(Runnable::run);
    }
  }

  private void awaitNext(Duration most) throws InterruptedException {
    if (wake.tryAcquire(most.toMillis(), TimeUnit.MILLISECONDS)) {
      wake.drainPermits();
    }
  }

  /** Fetches it once, and returns the time until it is to be fetched again. */
  Duration refresh() throws InterruptedException {
    try {
      Issued<T> issued = source.fetch();
      long now = ticker.nanos();
      held = new Held<>(issued.value(), now, now + issued.lifetime().toNanos());
      backoff = FIRST_BACKOFF;
      Duration share = issued.lifetime().dividedBy(SHARE_AHEAD);
      Duration wait = issued.lifetime().minus(share.compareTo(AHEAD) < 0 ? share : AHEAD);
      return shortened(wait);
    } catch (InterruptedException closed) {
      throw closed;
    } catch (Exception failed) {
      LOG.atWarn()
          .addKeyValue("event", "credential_failed")
          .addKeyValue("provider", name)
          .log("The credential of {} cannot be fetched: {}", name, words(failed));
      Duration wait = backoff;
      Duration next = wait.multipliedBy(2);
      backoff = next.compareTo(MAX_BACKOFF) < 0 ? next : MAX_BACKOFF;
      return wait;
    } finally {
      ended(false).forEach(Runnable::run);
      asked.countDown();
    }
  }

  /** Only our own words, since others may quote what they reject. */
  private static @Nullable String words(Exception failed) {
    return failed instanceof IOException ? failed.getMessage() : failed.getClass().getSimpleName();
  }

  /** Gateways that started together do not all ask at once. */
  private Duration shortened(Duration wait) {
    return wait.minusMillis((long) (wait.toMillis() * JITTER * random.nextDouble()));
  }

  /** Those that waited for the fetch that has ended. */
  private synchronized List<Runnable> ended(boolean isLast) {
    isStopped |= isLast;
    lastNanos = ticker.nanos();
    List<Runnable> all = List.copyOf(waiting);
    waiting.clear();
    wake.drainPermits();
    return all;
  }
}
