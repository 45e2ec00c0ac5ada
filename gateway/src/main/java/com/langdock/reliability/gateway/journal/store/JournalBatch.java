package com.langdock.reliability.gateway.journal.store;

import java.util.List;

/**
 * The rows of one transaction.
 *
 * @param usage totals that are written over, so that they may be in several parts of a batch
 */
public record JournalBatch(
    List<JournalEntry> entries,
    List<ContentsRow> contents,
    List<BreakerRow> changes,
    UsagePart usage) {
  /** A batch without usage. */
  public JournalBatch(
      List<JournalEntry> entries, List<ContentsRow> contents, List<BreakerRow> changes) {
    this(entries, contents, changes, UsagePart.NONE);
  }

  /** Requests, contents and changes together. */
  public int size() {
    return entries.size() + contents.size() + changes.size();
  }

  /** Whether there is nothing to write. */
  public boolean isEmpty() {
    return size() == 0 && usage.isEmpty();
  }

  /** A part of it, as if requests, contents and changes stood one after another. */
  public JournalBatch part(int from, int to) {
    int contentsAt = entries.size();
    int changesAt = contentsAt + contents.size();
    return new JournalBatch(
        part(entries, from, to),
        part(contents, from - contentsAt, to - contentsAt),
        part(changes, from - changesAt, to - changesAt),
        usage);
  }

  private static <T> List<T> part(List<T> rows, int from, int to) {
    int last = Math.clamp(to, 0, rows.size());
    return rows.subList(Math.clamp(from, 0, last), last);
  }
}
