package com.langdock.reliability.gateway.journal.store;

import java.util.List;
import java.util.Optional;

/** A request with its attempts and its steps, each in order. */
public record JournalEntry(RequestRow request, List<AttemptRow> attempts, List<StepRow> steps) {
  /** Keeps immutable copies. */
  public JournalEntry {
    attempts = List.copyOf(attempts);
    steps = List.copyOf(steps);
  }

  /**
   * The only attempt, where three times are all that it adds to the request's row; empty where the
   * attempts need rows of their own.
   */
  public Optional<AttemptRow> onlyAttempt() {
    boolean told = attempts.size() == 1 && attempts.getFirst().isToldBy(request);
    return told ? Optional.of(attempts.getFirst()) : Optional.empty();
  }

  /**
   * Whether it is like most: its first attempt answered it, not as a stream, nothing else had to be
   * decided, and its client gave neither it nor itself a name.
   */
  public boolean isOrdinary() {
    return steps.isEmpty()
        && !request.stream()
        && request.firstTokenMicros() == null
        && request.outcome() == RequestOutcome.SUCCESS
        && request.clientRequestId() == null
        && request.clientId() == null
        && onlyAttempt().isPresent();
  }
}
