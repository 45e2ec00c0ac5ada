package com.langdock.reliability.gateway.journal;

import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.gateway.journal.store.JournalStore;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes old requests, and the oldest beyond the size limit, in small transactions, so that the
 * writer never waits long for a lock: a slice that took longer than {@link #LONG} is followed by a
 * smaller one, and between two the writer has as much time as a slice took. One thread sweeps.
 */
final class Retention {
  /** Requests in the first slice, and in the largest and the smallest. */
  static final int FIRST_SLICE = 1_000;

  static final int LARGEST_SLICE = 8_000;
  static final int SMALLEST_SLICE = 50;

  /** A slice should take less than this. */
  static final Duration LONG = Duration.ofMillis(200);

  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
  private static final Duration SHORT = Duration.ofMillis(50);
  private static final Duration LEAST_PAUSE = Duration.ofMillis(5);
  private static final int PERCENT_REMOVED = 5;

  /** Usage of past days and months is kept so long. */
  private static final int USAGE_DAYS = 400;

  /** Slices of one sweep; the next sweep continues. */
  private static final int MAX_SLICES = 100_000;

  private final Supplier<@Nullable JournalStore> store;
  private final JournalRules rules;
  private final Ticker ticker;
  private final JournalWriter.Sleeper sleeper;
  private volatile Duration kept;
  private int slice = FIRST_SLICE;
  private long sizeAfterShrinking;

  /** Does nothing while {@code store} gives none. */
  Retention(
      Supplier<@Nullable JournalStore> store,
      JournalRules rules,
      Ticker ticker,
      JournalWriter.Sleeper sleeper) {
    this.store = store;
    this.rules = rules;
    this.kept = rules.retention();
    this.ticker = ticker;
    this.sleeper = sleeper;
  }

  /** Requests are kept so long from the next sweep on; called on any thread. */
  void keep(Duration time) {
    kept = time;
  }

  /** Removes what is due. */
  void sweep() throws InterruptedException {
    JournalStore opened = store.get();
    if (opened == null) {
      return;
    }
    try {
      long cutoff = ticker.unixMillis() - kept.toMillis();
      opened.createDays();
      long singly = opened.dropDays(cutoff);
      inSlices(() -> opened.removeBefore(singly, slice));
      shrink(opened);
      opened.removeLeftovers(cutoff);
      LocalDate oldest = today().minusDays(USAGE_DAYS);
      inSlices(() -> opened.removeUsageBefore(oldest, slice));
      inSlices(opened::foldEnded);
    } catch (SQLException | RuntimeException failed) {
      LOG.atWarn()
          .addKeyValue("event", "journal_not_swept")
          .addKeyValue("error", StoreConnection.reason(failed))
          .log("old requests could not be removed from the journal");
    }
  }

  private LocalDate today() {
    return LocalDate.ofInstant(Instant.ofEpochMilli(ticker.unixMillis()), ZoneOffset.UTC);
  }

  /**
   * Removes a few in a hundred at a time until the store is small enough, or until that makes it no
   * smaller: some databases keep the room of what was removed, and use it again. Then nothing more
   * is removed before it has grown.
   */
  private void shrink(JournalStore opened) throws SQLException, InterruptedException {
    long size = opened.size();
    boolean shrinks = size > rules.maxSize() && size > sizeAfterShrinking;
    while (shrinks) {
      if (!opened.dropOldestDay()) {
        removeSome(opened);
      }
      sizeAfterShrinking = opened.size();
      shrinks = sizeAfterShrinking > rules.maxSize() && sizeAfterShrinking < size;
      size = sizeAfterShrinking;
    }
  }

  private void removeSome(JournalStore opened) throws SQLException, InterruptedException {
    long[] left = {1 + opened.count() * PERCENT_REMOVED / 100};
    inSlices(() -> {
      int most = (int) Math.min(slice, left[0]);
      left[0] -= most;
      return opened.removeBefore(Long.MAX_VALUE, most) && left[0] > 0;
    });
  }

  /** Removes one slice; true when there may be more. */
  private interface Slice {
    boolean remove() throws SQLException;
  }

  private void inSlices(Slice one) throws SQLException, InterruptedException {
    boolean more = true;
    for (int i = 0; i < MAX_SLICES && more; i++) {
      long before = ticker.nanos();
      more = one.remove();
      long nanos = ticker.nanos() - before;
      if (nanos > LONG.toNanos()) {
        slice = Math.max(SMALLEST_SLICE, slice / 2);
      } else if (nanos < SHORT.toNanos()) {
        slice = Math.min(LARGEST_SLICE, slice * 2);
      }
      if (more) {
        sleeper.sleep(Duration.ofNanos(Math.max(LEAST_PAUSE.toNanos(), nanos)));
      }
    }
  }
}
