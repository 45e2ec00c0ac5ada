package com.langdock.reliability.gateway.limits;

import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.core.quota.CeilingWant;
import com.langdock.reliability.core.quota.Ceilings;
import com.langdock.reliability.core.quota.Settlement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Draws ceilings from their store on one thread, a batch at a time: what comes meanwhile is the
 * next batch. A request that lacks something waits for the batch that asks for it, but no longer
 * than {@link #WAIT_NANOS}; while the store is away, none does.
 *
 * <p>The store is away when it has failed, has been late {@value #LATE_TO_BE_AWAY} times one after
 * the other, or is silent for {@link #SILENCE_NANOS}; it is back after {@value #QUICK_TO_BE_BACK}
 * quick answers. Meanwhile it is asked every quarter of a second.
 */
public final class CeilingDraws implements AutoCloseable {
  /** The longest that a request waits. */
  public static final long WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /** The name of the store in metrics and logs. */
  public static final String STORE = "postgresql";

  static final int QUICK_TO_BE_BACK = 2;
  static final int LATE_TO_BE_AWAY = 3;
  static final long SILENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
  private static final long CLOCK_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long SAY_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long STOP_MILLIS = 3_000;
  private static final int MOST = 64;

  /** Batches that are drawn before those who wait are told. */
  private static final int MAX_BATCHES = 1_000;

  private final ProcessLimits limits;
  private final Ceilings ceilings;
  private final CeilingStore store;
  private final StoreListener listener;
  private final Ticker ticker;
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private List<Runnable> waiting = new ArrayList<>();
  private volatile boolean stopped;
  private volatile boolean away;
  private volatile int replicas = 1;
  private volatile boolean drawing;
  private volatile long drawingSince;

  // Only the thread touches these.
  private long askAfter;
  private boolean failed;
  private boolean asked;
  private long askedAt;
  private int quickAnswers;
  private int lateAnswers;
  private boolean said;
  private long saidAt;

  /** Draws that have not begun. */
  public CeilingDraws(
      ProcessLimits limits,
      Ceilings ceilings,
      CeilingStore store,
      StoreListener listener,
      Ticker ticker) {
    this.limits = limits;
    this.ceilings = ceilings;
    this.store = store;
    this.listener = listener;
    this.ticker = ticker;
    this.thread = Thread.ofPlatform().daemon().name("limits-draws").unstarted(this::run);
  }

  /** Begins to draw, once what was used is known. */
  public void start() {
    thread.start();
  }

  /** Whether the store is away. */
  public boolean isAway() {
    return away;
  }

  /** How many processes share the store, as far as is known. */
  public int replicas() {
    return replicas;
  }

  /** Runs {@code then} when what was asked for by now was answered, or was not. */
  public void whenDrawn(Runnable then) {
    lock.lock();
    try {
      waiting.add(then);
      work.signal();
    } finally {
      lock.unlock();
    }
  }

  /** A request has waited for {@link #WAIT_NANOS}, and goes on without an answer. */
  public void late() {
    if (drawing && ticker.nanos() - drawingSince >= SILENCE_NANOS) {
      away("no answer within " + TimeUnit.NANOSECONDS.toMillis(SILENCE_NANOS) + " ms");
    }
  }

  private void run() {
    while (!stopped) {
      try {
        List<Runnable> served = await();
        try {
          turn();
          say();
        } finally {
          served.forEach(CeilingDraws::tell);
        }
      } catch (InterruptedException stop) {
        return;
      }
    }
  }

  private List<Runnable> await() throws InterruptedException {
    lock.lock();
    try {
      long left = LOOK_NANOS;
      while (waiting.isEmpty() && left > 0) {
        left = work.awaitNanos(left);
      }
      List<Runnable> served = waiting;
      waiting = new ArrayList<>();
      return served;
    } finally {
      lock.unlock();
    }
  }

  private static void tell(Runnable waiter) {
    try {
      waiter.run();
    } catch (RuntimeException ended) {
      // Its event loop has ended.
    }
  }

  /** Asks the store for everything that is wanted now. */
  void turn() {
    for (int i = 0; i < MAX_BATCHES && !stopped && limits.isReady(); i++) {
      long now = ticker.nanos();
      if (failed && now - askAfter < 0) {
        return;
      }
      List<CeilingWant> wants = ceilings.take(MOST, now);
      boolean clock = !asked || away || now - askedAt >= CLOCK_NANOS;
      if (wants.isEmpty() && (i > 0 || !clock)) {
        return;
      }
      draw(wants, now);
      if (wants.size() < MOST) {
        return;
      }
    }
  }

  /** Says every two seconds that this process lives. */
  void say() {
    long now = ticker.nanos();
    boolean pauses = failed && now - askAfter < 0;
    if (pauses || !limits.isReady() || (said && now - saidAt < SAY_NANOS)) {
      return;
    }
    said = true;
    saidAt = now;
    try {
      replicas = store.say();
    } catch (Exception problem) {
      failed(problem);
    }
  }

  private void failed(Exception problem) {
    failed = true;
    askAfter = ticker.nanos() + AGAIN_NANOS;
    quickAnswers = 0;
    away(reason(problem));
  }

  private void draw(List<CeilingWant> wants, long sentAt) {
    asked = true;
    askedAt = sentAt;
    drawingSince = sentAt;
    drawing = true;
    try {
      CeilingStore.Answer answer = store.draw(wants);
      long now = ticker.nanos();
      limits.synchronise(answer.unixMillis(), sentAt + (now - sentAt) / 2);
      for (Settlement.Alert alert : ceilings.answered(answer.grants(), sentAt, now)) {
        limits.listener().reached(alert);
      }
      listener.drawn(STORE, true, now - sentAt);
      failed = false;
      answered(now - sentAt);
    } catch (Exception problem) {
      ceilings.failed(wants);
      listener.drawn(STORE, false, ticker.nanos() - sentAt);
      failed(problem);
    } finally {
      drawing = false;
    }
  }

  private void answered(long nanos) {
    boolean quick = nanos <= WAIT_NANOS;
    quickAnswers = quick ? quickAnswers + 1 : 0;
    lateAnswers = quick ? 0 : lateAnswers + 1;
    if (lateAnswers >= LATE_TO_BE_AWAY) {
      away("answers take longer than " + TimeUnit.NANOSECONDS.toMillis(WAIT_NANOS) + " ms");
    } else if (away && quickAnswers >= QUICK_TO_BE_BACK) {
      changed(false, null);
    }
    if (away) {
      failed = true; // Asked again soon.
      askAfter = ticker.nanos() + AGAIN_NANOS;
    }
  }

  private void away(String reason) {
    if (!away) {
      changed(true, reason);
    }
  }

  private synchronized void changed(boolean isAway, @Nullable String reason) {
    if (away != isAway) {
      away = isAway;
      ceilings.away(isAway);
      listener.changed(STORE, isAway, reason);
    }
  }

  private static String reason(Exception problem) {
    String said = problem.getMessage();
    return said == null ? problem.getClass().getSimpleName() : said.strip().replace('\n', ' ');
  }

  /** Stops to draw, and gives back what is left; the totals of this process are written by now. */
  @Override
  public void close() {
    stopped = true;
    thread.interrupt();
    try {
      thread.join(STOP_MILLIS);
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
    try {
      if (said && !away) {
        store.end();
      }
    } catch (Exception gone) {
      // Others get it when its lease has ended.
    } finally {
      store.close();
    }
  }
}
