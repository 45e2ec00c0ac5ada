package com.langdock.reliability.gateway.journal.store;

import java.util.Arrays;
import java.util.Locale;
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

  /** The word that rows and the management API use. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The outcome of that word, empty when there is none. */
  public static Optional<RequestOutcome> of(String word) {
    return Arrays.stream(values()).filter(outcome -> outcome.word().equals(word)).findFirst();
  }
}
