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
   * The only attempt, if its times are all that it adds to the request's row; empty if the attempts
   * need rows of their own.
   */
  public Optional<AttemptRow> onlyAttempt() {
    boolean derivable = attempts.size() == 1 && attempts.getFirst().isDerivableFrom(request);
    return derivable ? Optional.of(attempts.getFirst()) : Optional.empty();
  }

  /**
   * Whether it is an ordinary request: not streamed, answered by its first attempt, without steps,
   * client request id and client id.
   */
  public boolean isOrdinary() {
    return steps.isEmpty()
        && !request.asked().stream()
        && request.times().firstTokenMicros() == null
        && request.result().outcome() == RequestOutcome.SUCCESS
        && request.ids().clientRequest() == null
        && request.ids().client() == null
        && onlyAttempt().isPresent();
  }
}
