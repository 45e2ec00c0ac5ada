package com.langdock.reliability.gateway.journal;

import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.gateway.journal.JournalState.Counts;
import java.util.concurrent.atomic.LongAdder;

/** Counts what happens to rows. Thread-safe. */
final class JournalCounters {
  private final Ticker ticker;
  private final LongAdder written = new LongAdder();
  private final LongAdder lost = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder late = new LongAdder();
  private volatile long lastWrittenAt;

  JournalCounters(Ticker ticker) {
    this.ticker = ticker;
  }

  void written(int rows) {
    written.add(rows);
    lastWrittenAt = ticker.unixMillis();
  }

  void lost(int rows) {
    lost.add(rows);
  }

  /** The database refused rows because of their values; they are lost. */
  void refused(int rows) {
    refused.add(rows);
    lost.add(rows);
  }

  /** An answer went out before its row was written. */
  void answeredLate() {
    late.increment();
  }

  Counts with(int waiting) {
    return new Counts(written.sum(), lost.sum(), refused.sum(), late.sum(), waiting, lastWrittenAt);
  }
}
