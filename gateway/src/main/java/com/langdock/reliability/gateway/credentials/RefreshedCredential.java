package com.langdock.reliability.gateway.credentials;

import com.langdock.reliability.core.domain.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A credential that a thread of its own fetches, and fetches again ahead of its end, so that no
 * request waits for it. After a failure the present one is used until it ends.
 */
public final class RefreshedCredential<T> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RefreshedCredential.class);
  private static final Duration AHEAD = Duration.ofMinutes(5);
  private static final int SHARE_AHEAD = 5;
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
    /** Omits the secret. */
    @Override
    public String toString() {
      return "Issued[" + lifetime + "]";
    }
  }

  private record Held<T>(T value, long endNanos) {}

  private final String name;
  private final Source<T> source;
  private final Ticker ticker;
  private final CountDownLatch asked = new CountDownLatch(1);
  private volatile @Nullable Held<T> held;
  private Duration backoff = FIRST_BACKOFF;
  private @Nullable Thread thread;

  /** A credential that {@link #start} begins to fetch. {@code name} is for the log. */
  public RefreshedCredential(String name, Source<T> source, Ticker ticker) {
    this.name = name;
    this.source = source;
    this.ticker = ticker;
  }

  /** The present credential; empty before the first, and when the last one has ended. */
  public Optional<T> current() {
    Held<T> present = held;
    return present == null || present.endNanos() - ticker.nanos() <= 0
        ? Optional.empty()
        : Optional.of(present.value());
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
        Thread.sleep(refresh());
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  /** Fetches it once, and returns the time until it is to be fetched again. */
  Duration refresh() throws InterruptedException {
    try {
      Issued<T> issued = source.fetch();
      held = new Held<>(issued.value(), ticker.nanos() + issued.lifetime().toNanos());
      backoff = FIRST_BACKOFF;
      Duration share = issued.lifetime().dividedBy(SHARE_AHEAD);
      return issued.lifetime().minus(share.compareTo(AHEAD) < 0 ? share : AHEAD);
    } catch (InterruptedException closed) {
      throw closed;
    } catch (Exception failed) {
      LOG.atWarn()
          .addKeyValue("event", "credential_failed")
          .addKeyValue("provider", name)
          .log("The credential of {} cannot be fetched: {}", name, failed.getMessage());
      Duration wait = backoff;
      Duration next = wait.multipliedBy(2);
      backoff = next.compareTo(MAX_BACKOFF) < 0 ? next : MAX_BACKOFF;
      return wait;
    } finally {
      asked.countDown();
    }
  }
}
