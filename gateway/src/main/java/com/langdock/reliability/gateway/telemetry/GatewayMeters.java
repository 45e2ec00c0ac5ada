package com.langdock.reliability.gateway.telemetry;

import static java.util.Objects.requireNonNull;

import com.langdock.reliability.core.domain.ErrorCode;
import com.langdock.reliability.core.domain.Labels;
import com.langdock.reliability.core.domain.ModelCatalog;
import com.langdock.reliability.core.domain.Target;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * The meters of requests and attempts.
 *
 * <p>Meters that every request uses are looked up once, here; those of failures are looked up when
 * they occur. Label values never come from clients: they are configured names and labels of ours.
 */
final class GatewayMeters {
  private final MeterRegistry registry;
  private final DurationHistogram attemptDuration;

  /** Of all targets that ever were configured. */
  private final Map<Target, TargetMeters> targets = new ConcurrentHashMap<>();

  private final Map<String, Counter> unsolicited = new ConcurrentHashMap<>();
  private final Map<ErrorCode, Counter> failed = new EnumMap<>(ErrorCode.class);
  private final Counter succeeded;
  private final Counter invalid;
  private final Counter cancelled;
  private final Counter bugs;
  private final DurationHistogram requestDuration;
  private final DurationHistogram.Series successDuration;
  private final DurationHistogram.Series failureDuration;
  private final Timer overhead;
  private final Timer firstContent;
  private final LongAdder inFlight = new LongAdder();

  /** Registers the meters that belong to no target. */
  GatewayMeters(PrometheusMeterRegistry registry) {
    this.registry = registry;
    attemptDuration =
        DurationHistogram.register(
            "gateway_attempt_duration_seconds",
            "From an attempt's start to its end.",
            registry,
            "provider",
            "model");
    for (ErrorCode code : ErrorCode.values()) {
      failed.put(code, requests(Labels.of(code)));
    }
    succeeded = requests("success");
    invalid = requests("invalid");
    cancelled = requests("cancelled");
    bugs =
        Counter.builder("gateway.bugs")
            .description("Errors that should be impossible; each has a line in the log.")
            .register(registry);
    requestDuration =
        DurationHistogram.register(
            "gateway_request_duration_seconds",
            "From a request's last byte in to its answer.",
            registry,
            "outcome");
    successDuration = requestDuration.series("success");
    failureDuration = requestDuration.series("failed");
    overhead =
        Timer.builder("gateway.overhead")
            .description("A request's time less that of its attempts and waits.")
            .serviceLevelObjectives(Buckets.overhead())
            .register(registry);
    firstContent =
        Timer.builder("gateway.time.to.first.chunk")
            .description("From a streamed request's last byte in to its first content.")
            .serviceLevelObjectives(Buckets.latency())
            .register(registry);
    Gauge.builder("gateway.requests.in.flight", inFlight::sum)
        .description("Valid requests that have not ended.")
        .register(registry);
  }

  /** The meters of each target with its price; what a target counted before is kept. */
  Map<Target, TargetMeters> of(List<Target> targets, ModelCatalog models) {
    Map<Target, TargetMeters> priced = new HashMap<>();
    for (Target target : targets) {
      unsolicited.computeIfAbsent(target.provider(), this::unsolicitedBy);
      TargetMeters meters = this.targets.computeIfAbsent(target, this::begin);
      priced.put(target, meters.at(models.factsOf(target).price()));
    }
    return Map.copyOf(priced);
  }

  private TargetMeters begin(Target target) {
    return TargetMeters.of(
        target, attemptDuration.series(target.provider(), target.model()), registry);
  }

  void requestInvalid() {
    invalid.increment();
  }

  void requestStarted() {
    inFlight.increment();
  }

  long inFlight() {
    return inFlight.sum();
  }

  /** A request ended, in whatever way, after the gateway itself took {@code overheadNanos}. */
  void requestEnded(long overheadNanos) {
    inFlight.decrement();
    overhead.record(overheadNanos, TimeUnit.NANOSECONDS);
  }

  void requestSucceeded(long start, long end, RequestExemplar exemplar) {
    succeeded.increment();
    successDuration.record(start, end, exemplar);
  }

  void requestFailed(ErrorCode code, long start, long end, RequestExemplar exemplar) {
    requireNonNull(failed.get(code)).increment();
    failureDuration.record(start, end, exemplar);
  }

  void firstContent(long nanos) {
    firstContent.record(nanos, TimeUnit.NANOSECONDS);
  }

  void bug() {
    bugs.increment();
  }

  void unsolicited(String provider) {
    unsolicited.computeIfAbsent(provider, this::unsolicitedBy).increment();
  }

  private Counter unsolicitedBy(String provider) {
    return Counter.builder("gateway.upstream.unsolicited")
        .description("Connections closed because a provider sent what no request asked for.")
        .tag("provider", provider)
        .register(registry);
  }

  void requestCancelled() {
    cancelled.increment();
  }

  /** Counts a move to another provider, another model, or both. */
  void movedOn(Target from, Target to) {
    if (!from.provider().equals(to.provider())) {
      Counter.builder("gateway.failovers")
          .description("Moves of a request from one provider to another.")
          .tags("from", from.provider(), "to", to.provider())
          .register(registry)
          .increment();
    }
    if (!from.model().equals(to.model())) {
      Counter.builder("gateway.fallbacks")
          .description("Moves of a request from one model to another.")
          .tags("from", from.model(), "to", to.model())
          .register(registry)
          .increment();
    }
  }

  /** What all meters have counted so far; {@code at} is now in milliseconds since 1970. */
  MeterSnapshot snapshot(long at) {
    double failures = failed.values().stream().mapToDouble(Counter::count).sum();
    double ended = succeeded.count() + failures + invalid.count() + cancelled.count();
    Map<Target, MeterSnapshot.Attempts> attempts = new HashMap<>();
    targets.forEach((target, meters) -> attempts.put(target, meters.attempts().snapshot()));
    return new MeterSnapshot(
        at,
        new MeterSnapshot.Requests(ended, succeeded.count(), failures),
        consumption(),
        Math.toIntExact(inFlight.sum()),
        requestDuration.distribution(),
        Distribution.of(firstContent),
        attempts);
  }

  private MeterSnapshot.Consumption consumption() {
    double tokens = 0;
    double dollars = 0;
    for (TargetMeters target : targets.values()) {
      tokens += target.tokens().total();
      dollars += target.tokens().cost().count();
    }
    return new MeterSnapshot.Consumption(tokens, dollars);
  }

  private Counter requests(String outcome) {
    return Counter.builder("gateway.requests")
        .description("Requests that ended, by how: success, invalid, cancelled or an error code.")
        .tag("outcome", outcome)
        .register(registry);
  }
}
