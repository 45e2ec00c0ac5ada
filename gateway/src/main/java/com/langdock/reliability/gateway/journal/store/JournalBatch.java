package com.langdock.reliability.gateway.journal.store;

import com.langdock.reliability.gateway.journal.entry.BreakerRow;
import com.langdock.reliability.gateway.journal.entry.ContentsRow;
import com.langdock.reliability.gateway.journal.entry.JournalEntry;
import java.util.List;

/** What is written in one transaction. */
public record JournalBatch(
    List<JournalEntry> entries, List<ContentsRow> contents, List<BreakerRow> changes) {
  /** Requests, contents and changes together. */
  public int size() {
    return entries.size() + contents.size() + changes.size();
  }

  /** Whether there is nothing to write. */
  public boolean isEmpty() {
    return entries.isEmpty() && contents.isEmpty() && changes.isEmpty();
  }
}
