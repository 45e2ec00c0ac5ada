package com.langdock.reliability.core.quota;

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
