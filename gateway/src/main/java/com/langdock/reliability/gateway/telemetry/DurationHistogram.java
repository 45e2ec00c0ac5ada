package com.langdock.reliability.gateway.telemetry;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * A histogram of durations whose exemplars are requests.
 *
 * <p>It is Prometheus' own, since Micrometer's knows exemplars of traces only. OpenMetrics shows
 * the exemplars; a series records ten a second at most.
 */
public final class DurationHistogram {
  /** As often as the library accepts one; creating one costs ten times as much as counting. */
  private static final long EXAMPLE_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private static final double NANOS_OF_A_SECOND = TimeUnit.SECONDS.toNanos(1);

  private final Histogram histogram;

  private DurationHistogram(Histogram histogram) {
    this.histogram = histogram;
  }

  /**
   * Adds a histogram with the buckets of {@link Buckets#latency}.
   *
   * @param name with its unit, as Prometheus reads it
   * @param labels the names of its series' labels
   */
  public static DurationHistogram register(
      String name, String description, PrometheusMeterRegistry registry, String... labels) {
    double[] limits =
        Arrays.stream(Buckets.latency()).mapToDouble(DurationHistogram::seconds).toArray();
    return new DurationHistogram(
        Histogram.builder()
            .name(name)
            .help(description)
            .labelNames(labels)
            .classicOnly()
            .classicUpperBounds(limits)
            .register(registry.getPrometheusRegistry()));
  }

  /** The series with these values of the labels; it begins at zero. */
  public Series series(String... values) {
    return new Series(histogram.labelValues(values));
  }

  /** How often each bucket was hit, in all series together. */
  Distribution distribution() {
    Distribution all = Distribution.EMPTY;
    for (HistogramDataPointSnapshot point : histogram.collect().getDataPoints()) {
      all = all.plus(Distribution.of(point.getClassicBuckets()));
    }
    return all;
  }

  private static double seconds(Duration limit) {
    return limit.toNanos() / NANOS_OF_A_SECOND;
  }

  /** One series; to be looked up once. Thread-safe. */
  public static final class Series {
    private final DistributionDataPoint point;
    private volatile boolean hasExample;
    private volatile long exampleAt;

    private Series(DistributionDataPoint point) {
      this.point = point;
    }

    /** Counts what took from {@code start} to {@code end}; {@code request} is an example of it. */
    public void record(long start, long end, RequestExemplar request) {
      double seconds = (end - start) / NANOS_OF_A_SECOND;
      if (hasExample && end - exampleAt < EXAMPLE_EVERY_NANOS) {
        point.observe(seconds);
        return;
      }
      exampleAt = end;
      hasExample = true;
      point.observeWithExemplar(seconds, request.labels());
    }
  }
}
