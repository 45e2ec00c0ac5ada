package com.langdock.reliability.gateway.journal;

import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.gateway.journal.JournalState.Status;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells in the log that the journal falls behind, which its writer cannot tell while it waits for
 * the database: that a write takes long, or that the queue is more than half full.
 *
 * <p>One thread looks, once a second; each of the two is told when it begins, every half minute
 * while it lasts, and when it is over.
 */
final class StallMonitor {
  private static final Logger LOG = LoggerFactory.getLogger(StallMonitor.class);
  private static final Duration AGAIN = Duration.ofSeconds(30);

  private final Supplier<JournalState> journal;
  private final Ticker ticker;
  private boolean behind;
  private long toldAt;

  StallMonitor(Supplier<JournalState> journal, Ticker ticker) {
    this.journal = journal;
    this.ticker = ticker;
  }

  /** Looks now. */
  void look() {
    JournalState state = journal.get();
    int waiting = state.counts().waiting();
    boolean stalled = state.status() == Status.STALLED;
    boolean isBehind = stalled || waiting > JournalQueue.CAPACITY / 2;
    if (isBehind && (!behind || ticker.nanos() - toldAt >= AGAIN.toNanos())) {
      toldAt = ticker.nanos();
      LOG.atWarn()
          .addKeyValue("event", "journal_stalled")
          .addKeyValue("waiting", waiting)
          .addKeyValue("error", state.reason())
          .log("the journal falls behind: {} items wait to be written", waiting);
    } else if (behind && !isBehind) {
      LOG.atInfo()
          .addKeyValue("event", "journal_caught_up")
          .addKeyValue("waiting", waiting)
          .log("the journal keeps up again");
    }
    behind = isBehind;
  }
}
