package com.langdock.reliability.gateway.journal.entry;

import java.util.List;

/** A request with its attempts and its steps, each in order. */
public record JournalEntry(RequestRow request, List<AttemptRow> attempts, List<StepRow> steps) {
  /** Keeps immutable copies. */
  public JournalEntry {
    attempts = List.copyOf(attempts);
    steps = List.copyOf(steps);
  }
}
