package com.langdock.reliability.gateway.journal;

import com.langdock.reliability.gateway.journal.store.BreakerRow;
import com.langdock.reliability.gateway.journal.store.ContentsRow;
import com.langdock.reliability.gateway.journal.store.JournalEntry;
import java.util.function.Supplier;

/** Something for the journal's writer, in the order in which it happened. */
public sealed interface JournalItem {
  /** A request that has ended; its story is told on the writer's thread. */
  record Ended(String requestId, Supplier<JournalEntry> story) implements JournalItem {}

  /** What was said in a request. */
  record Said(ContentsRow contents) implements JournalItem {}

  /** A breaker changed. */
  record Changed(BreakerRow change) implements JournalItem {}

  /** Runs once everything before it is on the disk, or is known to be lost. */
  record Barrier(Runnable then) implements JournalItem {}
}
