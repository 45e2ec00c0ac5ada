package com.langdock.reliability.gateway.journal;

import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.gateway.journal.store.JournalStore;
import com.langdock.reliability.gateway.journal.store.RefusedBatchException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes items on one thread; all that wait go into one transaction.
 *
 * <p><b>Idea.</b> A request never waits for the database: its item goes to a bounded queue, and one
 * thread writes what has gathered there. A barrier is an item too; it is passed when everything
 * before it is on the disk or given up.
 *
 * <p><b>Nothing is lost in silence.</b> An item that does not fit the queue is dropped and counted,
 * since holding up requests would turn a slow disk into an outage. A batch that cannot be written
 * is tried again, at least five times, and after that for as long as the queue is less than half
 * full. Beyond that each batch is tried once, dropped and counted, so that the newest rows are the
 * ones that are kept.
 *
 * <p><b>Invariants.</b> Every item is settled exactly once. Whatever is thrown, the loop continues;
 * only {@link #stop} ends it, within a bounded time.
 */
final class JournalWriter {
  /** Longest time to stop in. */
  static final Duration STOP = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(JournalWriter.class);
  private static final Duration IDLE = Duration.ofSeconds(1);

  /** While nothing else is written, totals are looked at so often. */
  private static final Duration USAGE = Duration.ofMillis(50);

  private static final int TRIES = 5;

  /** How the writer's thread waits. */
  interface Sleeper {
    /** Waits that long. */
    void sleep(Duration time) throws InterruptedException;
  }

  private final StoreConnection connection;
  private final JournalQueue queue = new JournalQueue();
  private final JournalCounters counters;
  private final BatchWriter batches;
  private final UsageSource usage;
  private final Duration gather;
  private final Duration pause;
  private final Ticker ticker;
  private final Sleeper sleeper;
  private final AtomicBoolean started = new AtomicBoolean();
  private final Thread thread;
  private volatile boolean stopping;

  /** When the work at hand began; meaningful only while {@link #busy}. */
  private volatile long busySince;

  private volatile boolean busy;

  // Only the writing thread touches these.
  private final List<JournalItem> batch = new ArrayList<>();
  private int triesLeft;
  private long lastCheck;

  /**
   * A writer that has not started.
   *
   * @param sleeper waits; a test advances its clock instead
   */
  JournalWriter(
      StoreConnection connection,
      Times times,
      Ticker ticker,
      Sleeper sleeper,
      BatchWriter.Recorded recorded) {
    this.connection = connection;
    this.gather = times.gather();
    this.pause = times.pause();
    this.ticker = ticker;
    this.sleeper = sleeper;
    this.counters = new JournalCounters(ticker);
    this.batches = new BatchWriter(connection, counters, this::mayTryAgain, recorded);
    this.usage = recorded.usage();
    this.thread = Thread.ofPlatform().daemon().name("journal-writer").unstarted(this::run);
  }

  /**
   * How long the writer waits.
   *
   * @param gather for more, before a batch is written
   * @param pause between two tries of a batch
   */
  record Times(Duration gather, Duration pause) {}

  /** Opens the store and begins to write. */
  void start() {
    if (started.compareAndSet(false, true)) {
      thread.start();
    }
  }

  /** Adds an item. When the queue is full it is counted as lost, and a barrier runs at once. */
  void add(JournalItem item) {
    if (!queue.offer(item)) {
      batches.drop(item);
    }
  }

  /** The store, null while it is not open. */
  @Nullable JournalStore store() {
    return connection.current();
  }

  /** The current state; {@code stalledAfter} is how long a write may take. */
  JournalState state(Duration stalledAfter) {
    StoreConnection.Health health = connection.health();
    JournalState.Counts counts = counters.with(queue.size());
    boolean slow = health.status() == JournalState.Status.OPEN && isStalledFor(stalledAfter);
    if (!slow) {
      return new JournalState(health.status(), health.since(), health.reason(), counts);
    }
    long millis = (ticker.nanos() - busySince) / 1_000_000;
    long since = ticker.unixMillis() - millis;
    String reason = "the database has not answered for " + millis / 1_000 + " s";
    return new JournalState(JournalState.Status.STALLED, since, reason, counts);
  }

  /** Whether the work at hand has taken longer than that; opening may take its time. */
  boolean isStalledFor(Duration time) {
    long since = busySince;
    return busy
        && connection.health().status() != JournalState.Status.OPENING
        && ticker.nanos() - since > time.toNanos();
  }

  /** An answer went out before its row was written. */
  void answeredLate() {
    counters.answeredLate();
  }

  /** Writes what waits, for some seconds at most, and closes the store. */
  void stop() {
    stopping = true;
    add(new JournalItem.Barrier(() -> {})); // Wakes it up.
    if (!started.compareAndSet(false, true)) {
      try {
        thread.join(STOP);
      } catch (InterruptedException hurry) {
        Thread.currentThread().interrupt();
      }
    }
    connection.close();
    if (!queue.isEmpty()) {
      giveUp();
    }
  }

  private void run() {
    step(Work.OPEN);
    while (!stopping) {
      step(Work.NEXT);
    }
    while (!queue.isEmpty() || !batch.isEmpty()) {
      step(Work.REST);
    }
  }

  /** What one turn of the loop does. */
  enum Work {
    /** Open the store. */
    OPEN,
    /** Write what comes next, or see that the store is still there when nothing comes. */
    NEXT,
    /** Write what is left, without waiting. */
    REST
  }

  /** Runs one turn; whatever it throws ends with it. */
  void step(Work work) {
    try {
      switch (work) {
        case OPEN -> check();
        case NEXT -> next();
        case REST -> writeBatch();
      }
    } catch (InterruptedException stopped) {
      stopping = true;
    } catch (Throwable thrown) {
      survive(thrown);
    } finally {
      busy = false;
    }
  }

  private void next() throws InterruptedException {
    Duration wait = usage.equals(UsageSource.NONE) ? IDLE : USAGE;
    if (queue.await(stopping ? 0 : wait.toNanos())) {
      sleeper.sleep(gather);
    } else if (usage.equals(UsageSource.NONE) || ticker.nanos() - lastCheck >= IDLE.toNanos()) {
      check();
    }
    readUsage();
    writeBatch();
  }

  private void check() {
    begin();
    lastCheck = ticker.nanos();
    connection.check();
    readUsage();
  }

  /** Reads what earlier processes used, once. */
  private void readUsage() {
    if (!usage.isRead()) {
      try {
        begin();
        boolean _ = connection.use(usage::read);
      } catch (RefusedBatchException refused) {
        survive(refused);
      }
    }
  }

  private void begin() {
    busySince = ticker.nanos();
    busy = true;
  }

  private void writeBatch() {
    begin();
    queue.fill(batch);
    triesLeft = connection.isAway() || stopping ? 1 : TRIES;
    try {
      batches.write(batch);
    } finally {
      queue.release(batch);
      batch.clear();
    }
  }

  /** Waits between two tries; false when the batch is to be dropped. */
  private boolean mayTryAgain() {
    triesLeft--;
    if (stopping || (triesLeft <= 0 && queue.isHalfFull())) {
      return false;
    }
    try {
      sleeper.sleep(pause);
    } catch (InterruptedException stopped) {
      stopping = true;
    }
    return !stopping;
  }

  /** Logs an Error too, if there is memory enough. */
  private static void survive(Throwable thrown) {
    try {
      LOG.atError().addKeyValue("event", "bug").setCause(thrown).log("the journal's writer failed");
    } catch (RuntimeException | Error again) {
      // Nothing more can be done for this batch.
    }
  }

  private void giveUp() {
    List<JournalItem> left = new ArrayList<>();
    queue.fill(left);
    while (!left.isEmpty()) {
      left.forEach(batches::drop);
      left.clear();
      queue.fill(left);
    }
  }
}
