package com.langdock.reliability.gateway.journal;

import com.langdock.reliability.gateway.journal.store.BreakerRow;
import com.langdock.reliability.gateway.journal.store.ContentsRow;
import com.langdock.reliability.gateway.journal.store.JournalBatch;
import com.langdock.reliability.gateway.journal.store.JournalEntry;
import com.langdock.reliability.gateway.journal.store.RefusedBatchException;
import com.langdock.reliability.gateway.journal.store.UsagePart;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one batch of items at a time, and notifies those who wait for them.
 *
 * <p>A batch that cannot be written is retried while {@code mayTryAgain}. A batch that the database
 * refuses for what is in it is cut in halves until the refused row stands alone; that row is
 * dropped and counted, and all others are written.
 */
final class BatchWriter {
  /** Transactions that looking for refused rows may cost; what is left then is dropped. */
  static final int MAX_SPLITS = 512;

  private static final Logger LOG = LoggerFactory.getLogger(BatchWriter.class);

  private final StoreConnection store;
  private final JournalCounters counters;
  private final Consumer<String> settled;
  private final BooleanSupplier mayTryAgain;
  private final Recorded recorded;

  /**
   * A writer into {@code store}.
   *
   * @param mayTryAgain called after a failed try; may block for the pause between two
   */
  BatchWriter(
      StoreConnection store,
      JournalCounters counters,
      BooleanSupplier mayTryAgain,
      Recorded recorded) {
    this.store = store;
    this.counters = counters;
    this.settled = recorded.settled();
    this.mayTryAgain = mayTryAgain;
    this.recorded = recorded;
  }

  /**
   * What is written besides single requests, and whether those are.
   *
   * @param keepsRequests false writes totals only
   * @param settled is given the id of every request that was written or lost
   */
  record Recorded(UsageSource usage, boolean keepsRequests, Consumer<String> settled) {}

  /** Writes what is in {@code items}, or gives it up; either way those who wait are notified. */
  void write(List<JournalItem> items) {
    Deque<JournalBatch> unwritten = new ArrayDeque<>();
    UsagePart usage = UsagePart.NONE;
    boolean written = false;
    try {
      JournalBatch rows = rows(items);
      usage = rows.usage();
      if (!rows.isEmpty()) {
        unwritten.add(rows);
        written = write(unwritten);
      }
    } finally {
      if (!written) {
        recorded.usage().putBack(usage);
      }
      unwritten.forEach(rows -> counters.lost(rows.size()));
      items.forEach(this::settle);
    }
  }

  /** Counts an item that did not fit the queue, and notifies who waits for it. */
  void drop(JournalItem item) {
    switch (item) {
      case JournalItem.Barrier barrier -> {}
      case JournalItem.Ended ended -> counters.lost(1);
      case JournalItem.Contents kept -> counters.lost(1);
      case JournalItem.Changed changed -> counters.lost(1);
    }
    settle(item);
  }

  private void settle(JournalItem item) {
    try {
      switch (item) {
        case JournalItem.Barrier barrier -> barrier.then().run();
        case JournalItem.Ended ended -> settled.accept(ended.requestId());
        case JournalItem.Contents kept -> {}
        case JournalItem.Changed changed -> {}
      }
    } catch (RuntimeException | Error thrown) {
      // Most likely its event loop has ended. Others wait too.
      LOG.debug("a barrier of the journal failed", thrown);
    }
  }

  private JournalBatch rows(List<JournalItem> items) {
    List<JournalEntry> entries = new ArrayList<>(items.size());
    List<ContentsRow> contents = new ArrayList<>();
    List<BreakerRow> changes = new ArrayList<>();
    for (JournalItem item : items) {
      switch (item) {
        case JournalItem.Ended ended -> addEntry(ended, entries);
        case JournalItem.Contents kept -> contents.add(kept.contents());
        case JournalItem.Changed changed -> changes.add(changed.change());
        case JournalItem.Barrier barrier -> {}
      }
    }
    recorded.usage().add(entries);
    UsagePart usage = recorded.usage().take();
    return recorded.keepsRequests()
        ? new JournalBatch(entries, contents, changes, usage)
        : new JournalBatch(List.of(), List.of(), changes, usage);
  }

  /** An entry that cannot be made is a bug; only that entry is lost. */
  private void addEntry(JournalItem.Ended ended, List<JournalEntry> entries) {
    try {
      entries.add(ended.entry().get());
    } catch (RuntimeException | Error bug) {
      counters.lost(1);
      LOG.atError()
          .addKeyValue("event", "bug")
          .addKeyValue("request_id", ended.requestId())
          .setCause(bug)
          .log("a request is missing in the journal");
    }
  }

  /**
   * Reports the requests that were written, or never can be.
   *
   * @return whether any part of the batch was written, and with it the totals
   */
  private boolean write(Deque<JournalBatch> unwritten) {
    int splits = 0;
    boolean written = false;
    while (!unwritten.isEmpty()) {
      JournalBatch rows = unwritten.getFirst();
      try {
        if (store.use(opened -> opened.write(rows))) {
          unwritten.removeFirst();
          counters.written(rows.size());
          written = true;
        } else if (!mayTryAgain.getAsBoolean()) {
          return written;
        }
      } catch (RefusedBatchException refused) {
        unwritten.removeFirst();
        splits++;
        if (rows.size() > 1 && splits < MAX_SPLITS) {
          unwritten.addFirst(rows.part(rows.size() / 2, rows.size()));
          unwritten.addFirst(rows.part(0, rows.size() / 2));
        } else {
          refused(rows, refused);
        }
      }
    }
    return written;
  }

  private void refused(JournalBatch rows, RefusedBatchException refused) {
    counters.refused(rows.size());
    LOG.atWarn()
        .addKeyValue("event", "journal_row_refused")
        .addKeyValue("rows", rows.size())
        .addKeyValue("error", StoreConnection.reason(refused))
        .log("the database refuses rows of the journal");
  }
}
