package com.langdock.reliability.gateway.journal;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The journal's threads beside its writer: readers, retention, and the stall monitor. */
final class JournalThreads {
  /** Reads at once, and reads that may wait. */
  static final int READERS = 2;

  static final int QUESTIONS_WAITING = 16;

  private static final Logger LOG = LoggerFactory.getLogger(JournalThreads.class);
  private static final Duration SWEEP_EVERY = Duration.ofMinutes(1);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  private static final long READER_IDLE_SECONDS = 10;

  private final ThreadPoolExecutor readers = readerPool();
  private final Thread retention;
  private final Thread watch;

  JournalThreads(Retention retention, StallMonitor watch) {
    this.retention =
        Thread.ofPlatform()
            .daemon()
            .name("journal-retention")
            .unstarted(() -> repeat(SWEEP_EVERY, retention::sweep));
    this.watch =
        Thread.ofVirtual().name("journal-watch").unstarted(() -> repeat(LOOK_EVERY, watch::check));
  }

  /** Two threads that end when idle; work beyond the queue's capacity is rejected. */
  static ThreadPoolExecutor readerPool() {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            READERS,
            READERS,
            READER_IDLE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(QUESTIONS_WAITING),
            Thread.ofPlatform().daemon().name("journal-reader-", 1).factory());
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  Executor readers() {
    return readers;
  }

  void start() {
    retention.start();
    watch.start();
  }

  void stop() {
    readers.shutdownNow();
    retention.interrupt();
    watch.interrupt();
  }

  /** Work that may be interrupted. */
  private interface Work {
    void run() throws InterruptedException;
  }

  /** Repeats {@code work} until its thread is interrupted, whatever it throws. */
  private static void repeat(Duration every, Work work) {
    try {
      while (true) {
        Thread.sleep(every);
        try {
          work.run();
        } catch (RuntimeException | Error bug) {
          LOG.atError()
              .addKeyValue("event", "bug")
              .setCause(bug)
              .log("a background task of the journal failed");
        }
      }
    } catch (InterruptedException stopped) {
      // The gateway ends.
    }
  }
}
