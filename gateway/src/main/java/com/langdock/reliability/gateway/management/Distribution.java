package com.langdock.reliability.gateway.management;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How often a duration fell into each bucket.
 *
 * @param limits the buckets' upper limits in seconds, rising; the last may be infinite
 * @param counts of each bucket alone
 */
record Distribution(double[] limits, long[] counts) {
  static final Distribution EMPTY = new Distribution(new double[0], new long[0]);

  private static final double MILLIS_OF_A_SECOND = 1_000;

  /** What came since {@code before}, which has the same buckets or none. */
  Distribution since(Distribution before) {
    if (before.counts.length != counts.length) {
      return this;
    }
    long[] more = counts.clone();
    for (int i = 0; i < more.length; i++) {
      more[i] -= before.counts[i];
    }
    return new Distribution(limits, more);
  }

  /** Both together; they have the same buckets, or one has none. */
  Distribution plus(Distribution other) {
    if (counts.length == 0) {
      return other;
    }
    long[] sum = counts.clone();
    for (int i = 0; i < other.counts.length; i++) {
      sum[i] += other.counts[i];
    }
    return new Distribution(limits, sum);
  }

  /**
   * The duration, in milliseconds, below which {@code share} of all lie, with those of one bucket
   * spread evenly over it, as Prometheus' histogram_quantile does; null when there are none.
   */
  @Nullable Double percentileMillis(double share) {
    long all = Arrays.stream(counts).sum();
    if (all <= 0) {
      return null;
    }
    double rank = share * all;
    long below = 0;
    int bucket = 0;
    while (bucket < counts.length - 1 && below + counts[bucket] < rank) {
      below += counts[bucket++];
    }
    double from = bucket == 0 ? 0 : limits[bucket - 1];
    if (Double.isInfinite(limits[bucket]) || counts[bucket] == 0) {
      return from * MILLIS_OF_A_SECOND;
    }
    double within = (rank - below) / counts[bucket];
    return (from + (limits[bucket] - from) * within) * MILLIS_OF_A_SECOND;
  }
}
