package com.langdock.reliability.gateway.management;

import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.gateway.management.Totals.Attempts;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the totals from the meters: the page shows what a scrape would. */
final class MeterReading {
  private static final String REQUESTS = "gateway_requests";
  private static final String TOKENS = "gateway_tokens";
  private static final String COST = "gateway_cost_dollars";
  private static final String ATTEMPTS = "gateway_attempts";
  private static final String IN_FLIGHT = "gateway_requests_in_flight";
  private static final String LATENCY = "gateway_request_duration_seconds";
  private static final String FIRST_TOKEN = "gateway_time_to_first_chunk_seconds";

  /** Every name that is read: renaming a meter must not empty the page unnoticed. */
  static final Set<String> ALL =
      Set.of(REQUESTS, TOKENS, COST, ATTEMPTS, IN_FLIGHT, LATENCY, FIRST_TOKEN);

  private static final Set<String> UNDECIDED = Set.of("invalid", "cancelled");
  private static final String SUCCESS = "success";

  private final Map<String, MetricSnapshot> metrics;

  private MeterReading(Map<String, MetricSnapshot> metrics) {
    this.metrics = metrics;
  }

  /** Reads all that the page needs, at {@code at} milliseconds since 1970. */
  static Totals read(PrometheusRegistry registry, long at) {
    Predicate<String> wanted = name -> ALL.stream().anyMatch(name::startsWith);
    MeterReading reading =
        new MeterReading(
            registry.scrape(wanted).stream()
                .collect(
                    Collectors.toMap(
                        metric -> metric.getMetadata().getPrometheusName(), metric -> metric)));
    return reading.totals(at);
  }

  private Totals totals(long at) {
    return new Totals(
        at,
        sum(REQUESTS, labels -> true),
        sum(REQUESTS, labels -> SUCCESS.equals(labels.get("outcome"))),
        sum(REQUESTS, MeterReading::isFailure),
        sum(TOKENS, labels -> !"cached_input".equals(labels.get("type"))),
        sum(COST, labels -> true),
        inFlight(),
        distribution(LATENCY),
        distribution(FIRST_TOKEN),
        targets());
  }

  private static boolean isFailure(Labels labels) {
    String outcome = Objects.requireNonNullElse(labels.get("outcome"), SUCCESS);
    return !outcome.equals(SUCCESS) && !UNDECIDED.contains(outcome);
  }

  private List<CounterDataPointSnapshot> counters(String name) {
    return metrics.get(name) instanceof CounterSnapshot counter
        ? counter.getDataPoints()
        : List.of();
  }

  private double sum(String name, Predicate<Labels> counts) {
    return counters(name).stream()
        .filter(point -> counts.test(point.getLabels()))
        .mapToDouble(CounterDataPointSnapshot::getValue)
        .sum();
  }

  private int inFlight() {
    return metrics.get(IN_FLIGHT) instanceof GaugeSnapshot gauge
        ? (int) gauge.getDataPoints().getFirst().getValue()
        : 0;
  }

  private Distribution distribution(String name) {
    Distribution all = Distribution.EMPTY;
    if (metrics.get(name) instanceof HistogramSnapshot histogram) {
      for (HistogramDataPointSnapshot point : histogram.getDataPoints()) {
        all = all.plus(distribution(point.getClassicBuckets()));
      }
    }
    return all;
  }

  private static Distribution distribution(ClassicHistogramBuckets buckets) {
    double[] limits = new double[buckets.size()];
    long[] counts = new long[buckets.size()];
    for (int i = 0; i < limits.length; i++) {
      limits[i] = buckets.getUpperBound(i);
      counts[i] = buckets.getCount(i);
    }
    return new Distribution(limits, counts);
  }

  private Map<Target, Attempts> targets() {
    Map<Target, Attempts> targets = new HashMap<>();
    for (CounterDataPointSnapshot point : counters(ATTEMPTS)) {
      boolean succeeded = SUCCESS.equals(point.getLabels().get("outcome"));
      double value = point.getValue();
      Attempts attempts = succeeded ? new Attempts(value, 0) : new Attempts(0, value);
      targets.merge(target(point.getLabels()), attempts, Attempts::plus);
    }
    return targets;
  }

  private static Target target(Labels labels) {
    return new Target(text(labels.get("provider")), text(labels.get("model")));
  }

  private static String text(@Nullable String label) {
    return Objects.requireNonNullElse(label, "");
  }
}
