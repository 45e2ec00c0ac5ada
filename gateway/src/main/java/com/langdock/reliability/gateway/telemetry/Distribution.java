package com.langdock.reliability.gateway.telemetry;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How often a duration fell into each bucket.
 *
 * @param limits the buckets' upper limits in seconds, rising; the last may be infinite
 * @param counts of each bucket alone
 */
public record Distribution(double[] limits, long[] counts) {
  /** No durations, and no buckets. */
  public static final Distribution EMPTY = new Distribution(new double[0], new long[0]);

  private static final double MILLIS_OF_A_SECOND = 1_000;
  private static final double NANOS_OF_A_SECOND = TimeUnit.SECONDS.toNanos(1);

  /** What a histogram's series has counted. */
  static Distribution of(ClassicHistogramBuckets buckets) {
    double[] limits = new double[buckets.size()];
    long[] counts = new long[buckets.size()];
    for (int i = 0; i < limits.length; i++) {
      limits[i] = buckets.getUpperBound(i);
      counts[i] = buckets.getCount(i);
    }
    return new Distribution(limits, counts);
  }

  /** What a timer with buckets has counted. */
  static Distribution of(Timer timer) {
    CountAtBucket[] buckets = timer.takeSnapshot().histogramCounts();
    double[] limits = new double[buckets.length + 1];
    long[] counts = new long[buckets.length + 1];
    long below = 0;
    for (int i = 0; i < buckets.length; i++) {
      long upTo = (long) buckets[i].count();
      limits[i] = buckets[i].bucket() / NANOS_OF_A_SECOND;
      counts[i] = upTo - below;
      below = upTo;
    }
    limits[buckets.length] = Double.POSITIVE_INFINITY;
    counts[buckets.length] = Math.max(0, timer.count() - below);
    return new Distribution(limits, counts);
  }

  /** What was counted after {@code before}, which has the same buckets or none. */
  public Distribution since(Distribution before) {
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
  public @Nullable Double percentileMillis(double share) {
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
