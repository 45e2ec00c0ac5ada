package com.langdock.reliability.gateway.journal.store;

import com.langdock.reliability.core.domain.Labels;
import java.util.Arrays;
import java.util.Optional;

/** How a request, or an attempt, ended. */
public enum RequestOutcome {
  /** It is still running. */
  IN_PROGRESS,
  /** It was answered in full. */
  SUCCESS,
  /** It ended with an error. */
  FAILED,
  /** Validation refused it; requests only. */
  INVALID,
  /** The client left. */
  CANCELLED;

  /** The outcome with that label, empty when there is none. */
  public static Optional<RequestOutcome> of(String label) {
    return Arrays.stream(values()).filter(outcome -> Labels.of(outcome).equals(label)).findFirst();
  }
}
