package com.langdock.reliability.gateway.journal;

import com.langdock.reliability.gateway.journal.store.BreakerRow;
import com.langdock.reliability.gateway.journal.store.ContentsRow;
import com.langdock.reliability.gateway.journal.store.JournalEntry;
import java.util.function.Supplier;

/** Something for the journal's writer, in the order in which it happened. */
public sealed interface JournalItem {
  /** A request that has ended; its entry is made on the writer's thread. */
  record Ended(String requestId, Supplier<JournalEntry> entry) implements JournalItem {}

  /** The contents of a request and its answer. */
  record Contents(ContentsRow contents) implements JournalItem {}

  /** A breaker changed. */
  record Changed(BreakerRow change) implements JournalItem {}

  /** Runs once everything before it is written or lost. */
  record Barrier(Runnable then) implements JournalItem {}
}
