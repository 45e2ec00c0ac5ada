package com.langdock.reliability.gateway.journal;

import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.gateway.journal.entry.BreakerRow;
import com.langdock.reliability.gateway.journal.entry.ContentsRow;
import com.langdock.reliability.gateway.journal.entry.JournalEntry;
import com.langdock.reliability.gateway.journal.store.JournalBatch;
import com.langdock.reliability.gateway.journal.store.JournalStore;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes items on a thread of its own, all that wait in one transaction.
 *
 * <p><b>Nothing is lost in silence.</b> The queue is bounded; what finds it full is dropped and
 * counted, since holding up requests would turn a slow disk into an outage. A batch that cannot be
 * written is tried again for a few seconds; while the store stays away, each further batch is tried
 * once, dropped and counted. A line in the log says when that begins and when it has ended.
 */
final class JournalWriter {
  /** Items that may wait. */
  static final int QUEUE_CAPACITY = 32_768;

  /** Bytes of contents that may wait. */
  static final long MAX_CONTENTS_WAITING = 32L * 1024 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(JournalWriter.class);
  private static final int BATCH = 4_096;
  private static final int TRIES = 5;
  private static final long STOP_MILLIS = 5_000;

  private final Supplier<JournalStore> opening;
  private final Duration gather;
  private final Duration pause;
  private final Ticker ticker;
  private final Consumer<String> settled;
  private final BlockingQueue<JournalItem> queue = new ArrayBlockingQueue<>(QUEUE_CAPACITY);
  private final AtomicLong contentsWaiting = new AtomicLong();
  private final LongAdder written = new LongAdder();
  private final LongAdder lost = new LongAdder();
  private final Thread thread;
  private volatile boolean stopping;
  private volatile @Nullable JournalStore store;

  // Only the writing thread touches these.
  private final List<JournalItem> batch = new ArrayList<>();
  private boolean away;
  private long openedAt;

  /**
   * A writer that has not started.
   *
   * @param opening opens the store; may fail, and is then asked again
   * @param gather how long to wait for more before a batch is written
   * @param pause between two tries of a batch, and between two of opening the store
   * @param settled told the id of every request that was written, or lost
   */
  JournalWriter(
      Supplier<JournalStore> opening,
      Duration gather,
      Duration pause,
      Ticker ticker,
      Consumer<String> settled) {
    this.opening = opening;
    this.gather = gather;
    this.pause = pause;
    this.ticker = ticker;
    this.settled = settled;
    this.thread = Thread.ofPlatform().daemon().name("journal-writer").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Takes an item; one that finds no room is counted as lost, and a barrier is passed at once. */
  void add(JournalItem item) {
    if (!hasRoom(item) || !queue.offer(item)) {
      drop(item);
    }
  }

  /** The store, null while it has not been opened. */
  @Nullable JournalStore store() {
    return store;
  }

  /** Requests, contents and changes written so far. */
  long written() {
    return written.sum();
  }

  /** Requests, contents and changes lost so far. */
  long lost() {
    return lost.sum();
  }

  /** Items that wait now. */
  int waiting() {
    return queue.size();
  }

  /** Writes what waits, for some seconds at most, and closes the store. */
  void stop() {
    stopping = true;
    add(new JournalItem.Barrier(() -> {})); // Wakes it up.
    try {
      thread.join(STOP_MILLIS);
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
    JournalStore opened = store;
    if (opened != null) {
      opened.close();
    }
  }

  private boolean hasRoom(JournalItem item) {
    if (item instanceof JournalItem.Said said) {
      long size = said.contents().size();
      boolean fits = contentsWaiting.addAndGet(size) <= MAX_CONTENTS_WAITING;
      if (!fits) {
        contentsWaiting.addAndGet(-size);
      }
      return fits;
    }
    return true;
  }

  private void drop(JournalItem item) {
    switch (item) {
      case JournalItem.Barrier barrier -> barrier.then().run();
      case JournalItem.Ended ended -> {
        lost.increment();
        settled.accept(ended.requestId());
      }
      case JournalItem.Said said -> lost.increment();
      case JournalItem.Changed changed -> lost.increment();
    }
  }

  private void run() {
    try {
      while (!stopping) {
        batch.add(queue.take());
        Thread.sleep(gather);
        writeBatch();
      }
    } catch (InterruptedException nobodyDoes) {
      stopping = true;
    }
    while (!queue.isEmpty()) {
      writeBatch();
    }
  }

  private void writeBatch() {
    queue.drainTo(batch, BATCH - batch.size());
    List<String> ended = new ArrayList<>(batch.size());
    List<JournalEntry> entries = new ArrayList<>(batch.size());
    List<ContentsRow> contents = new ArrayList<>();
    List<BreakerRow> changes = new ArrayList<>();
    List<Runnable> barriers = new ArrayList<>();
    for (JournalItem item : batch) {
      switch (item) {
        case JournalItem.Ended request -> {
          ended.add(request.requestId());
          tell(request, entries);
        }
        case JournalItem.Said said -> contents.add(said.contents());
        case JournalItem.Changed changed -> changes.add(changed.change());
        case JournalItem.Barrier barrier -> barriers.add(barrier.then());
      }
    }
    batch.clear();
    contents.forEach(each -> contentsWaiting.addAndGet(-each.size()));
    write(new JournalBatch(entries, contents, changes));
    ended.forEach(settled);
    barriers.forEach(Runnable::run);
  }

  /** A story that cannot be told is a bug; it costs that story, not the journal. */
  private void tell(JournalItem.Ended ended, List<JournalEntry> entries) {
    try {
      entries.add(ended.story().get());
    } catch (RuntimeException bug) {
      lost.increment();
      LOG.atError().addKeyValue("event", "bug").setCause(bug).log("a request's story is lost");
    }
  }

  private void write(JournalBatch rows) {
    if (rows.isEmpty()) {
      return;
    }
    int tries = away || stopping ? 1 : TRIES;
    boolean done = tryToWrite(rows);
    for (int i = 1; i < tries && !done; i++) {
      sleep();
      done = tryToWrite(rows);
    }
    (done ? written : lost).add(rows.size());
    if (done && away) {
      LOG.atInfo().addKeyValue("event", "journal_back").log("the journal can be written again");
    }
    away = !done;
  }

  private boolean tryToWrite(JournalBatch rows) {
    if (store == null && away && ticker.nanos() - openedAt < pause.toNanos()) {
      return false; // Opening costs a thousand times what writing does.
    }
    try {
      JournalStore opened = store;
      if (opened == null) {
        openedAt = ticker.nanos();
        opened = opening.get();
        store = opened;
      }
      opened.write(rows);
      return true;
    } catch (SQLException | RuntimeException failed) {
      if (!away) {
        LOG.atError()
            .addKeyValue("event", "journal_away")
            .addKeyValue("error", failed.getMessage())
            .log("the journal cannot be written");
      }
      away = true;
      return false;
    }
  }

  private void sleep() {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException nobodyDoes) {
      stopping = true;
    }
  }
}
