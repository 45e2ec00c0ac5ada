package com.langdock.reliability.gateway.journal.store;

import com.langdock.reliability.core.domain.Labels;
import java.util.Arrays;
import java.util.Optional;

/** How a request, or an attempt, ended. */
public enum RequestOutcome {
  /** It has not. */
  IN_PROGRESS,
  /** With a whole answer. */
  SUCCESS,
  /** With an error. */
  FAILED,
  /** Refused by validation; only requests. */
  INVALID,
  /** The client left. */
  CANCELLED;

  /** The outcome with that label, empty when there is none. */
  public static Optional<RequestOutcome> of(String label) {
    return Arrays.stream(values()).filter(outcome -> Labels.of(outcome).equals(label)).findFirst();
  }
}
