package com.langdock.reliability.core.quota;

import java.util.Map;

/**
 * Foretells how many tokens the next answer has: the mean of the last ones and twice their mean
 * deviation, both decaying, so that some eight in nine answers stay below it.
 */
final class Forecast {
  /** The forecast while too few answers are known. */
  static final long UNKNOWN = 500;

  /** From so many answers on there is a forecast. */
  static final int ENOUGH = 20;

  /** The weight of a new answer is one in so many. */
  private static final int MEMORY = 32;

  private int count;
  private double mean;
  private double deviation;

  /** The tokens of one answer that are expected: of the key's last, else of the model's. */
  static long of(Claimant claimant, Map<Subject, SubjectState> states) {
    long byModel = UNKNOWN;
    Subject key = claimant.key();
    for (Subject subject : claimant.subjects()) {
      boolean counts = subject.equals(key) || subject.kind() == Subject.Kind.MODEL;
      SubjectState state = counts ? states.get(subject) : null;
      if (state != null && state.forecast.isKnown()) {
        if (subject.equals(key)) {
          return state.forecast.tokens();
        }
        byModel = state.forecast.tokens();
      }
    }
    return byModel;
  }

  /** Records an answer. */
  void add(long tokens) {
    count = Math.min(count + 1, MEMORY);
    double difference = tokens - mean;
    mean += difference / count;
    if (count > 1) { // the first one deviates from nothing
      deviation += (Math.abs(difference) - deviation) / count;
    }
  }

  /** Whether enough answers are known. */
  boolean isKnown() {
    return count >= ENOUGH;
  }

  /** Tokens of the next answer, rounded up. */
  long tokens() {
    return (long) Math.ceil(mean + 2 * deviation);
  }
}
