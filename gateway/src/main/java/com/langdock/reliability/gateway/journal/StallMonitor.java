package com.langdock.reliability.gateway.journal;

import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.gateway.journal.JournalState.Status;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs that the journal falls behind, which its writer cannot do while it waits for the database: a
 * write takes long, or the queue is more than half full.
 *
 * <p>One thread checks once a second. A line is written when it begins, every half minute while it
 * lasts, and when it is over.
 */
final class StallMonitor {
  private static final Logger LOG = LoggerFactory.getLogger(StallMonitor.class);
  private static final Duration AGAIN = Duration.ofSeconds(30);

  private final Supplier<JournalState> journal;
  private final Ticker ticker;
  private boolean behind;
  private long loggedAt;

  StallMonitor(Supplier<JournalState> journal, Ticker ticker) {
    this.journal = journal;
    this.ticker = ticker;
  }

  /** Checks the journal once. */
  void check() {
    JournalState state = journal.get();
    int waiting = state.counts().waiting();
    boolean stalled = state.status() == Status.STALLED;
    boolean isBehind = stalled || waiting > JournalQueue.CAPACITY / 2;
    if (isBehind && (!behind || ticker.nanos() - loggedAt >= AGAIN.toNanos())) {
      loggedAt = ticker.nanos();
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
