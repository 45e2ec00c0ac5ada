package com.langdock.reliability.gateway.observability;

import static java.util.Objects.requireNonNull;

import com.langdock.reliability.core.domain.ErrorCode;
import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.ModelCatalog;
import com.langdock.reliability.core.domain.Target;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * The meters of requests and attempts.
 *
 * <p>What every request touches is looked up once, here; what only failures touch is looked up when
 * they come. No label's value comes from a client: they are configured names and our own words.
 */
final class GatewayMeters {
  private final MeterRegistry registry;
  private final ModelCatalog models;
  private final Map<Target, TargetMeters> targets = new ConcurrentHashMap<>();
  private final Map<ErrorCode, Counter> failed = new EnumMap<>(ErrorCode.class);
  private final Counter succeeded;
  private final Counter invalid;
  private final Counter cancelled;
  private final Counter bugs;
  private final Timer successDuration;
  private final Timer failureDuration;
  private final Timer overhead;
  private final Timer firstContent;
  private final LongAdder inFlight = new LongAdder();

  /** The meters of a gateway with these targets; all that can be begin at zero. */
  GatewayMeters(MeterRegistry registry, List<Target> targets, ModelCatalog models) {
    this.registry = registry;
    this.models = models;
    targets.forEach(this::of);
    for (ErrorCode code : ErrorCode.values()) {
      failed.put(code, requests(Words.of(code)));
    }
    succeeded = requests("success");
    invalid = requests("invalid");
    cancelled = requests("cancelled");
    bugs =
        Counter.builder("gateway.bugs")
            .description("Errors that should be impossible; each has a line in the log.")
            .register(registry);
    successDuration = requestDuration("success");
    failureDuration = requestDuration("failed");
    overhead =
        Timer.builder("gateway.overhead")
            .description("A request's time less that of its attempts and waits.")
            .serviceLevelObjectives(Buckets.OVERHEAD)
            .register(registry);
    firstContent =
        Timer.builder("gateway.time.to.first.chunk")
            .description("From a streamed request's last byte in to its first content.")
            .serviceLevelObjectives(Buckets.LATENCY)
            .register(registry);
    Gauge.builder("gateway.requests.in.flight", inFlight::sum)
        .description("Valid requests that have not ended.")
        .register(registry);
  }

  /** The meters of {@code target}. */
  TargetMeters of(Target target) {
    return targets.computeIfAbsent(target, this::newTarget);
  }

  private TargetMeters newTarget(Target target) {
    return TargetMeters.of(target, models.factsOf(target.model()).price(), registry);
  }

  void requestInvalid() {
    invalid.increment();
  }

  void requestStarted() {
    inFlight.increment();
  }

  /** A request ended, in whatever way, after the gateway itself took {@code overheadNanos}. */
  void requestEnded(long overheadNanos) {
    inFlight.decrement();
    overhead.record(overheadNanos, TimeUnit.NANOSECONDS);
  }

  void requestSucceeded(long nanos) {
    succeeded.increment();
    successDuration.record(nanos, TimeUnit.NANOSECONDS);
  }

  void requestFailed(ErrorCode code, long nanos) {
    requireNonNull(failed.get(code)).increment();
    failureDuration.record(nanos, TimeUnit.NANOSECONDS);
  }

  void firstContent(long nanos) {
    firstContent.record(nanos, TimeUnit.NANOSECONDS);
  }

  void bug() {
    bugs.increment();
  }

  void requestCancelled() {
    cancelled.increment();
  }

  void attemptFailed(Target target, Failure failure) {
    TargetMeters.attempts(TargetMeters.tags(target), failure.word(), registry).increment();
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

  private Counter requests(String outcome) {
    return Counter.builder("gateway.requests")
        .description("Requests that ended, by how: success, invalid, cancelled or an error code.")
        .tag("outcome", outcome)
        .register(registry);
  }

  private Timer requestDuration(String outcome) {
    return Timer.builder("gateway.request.duration")
        .description("From a request's last byte in to its answer.")
        .tag("outcome", outcome)
        .serviceLevelObjectives(Buckets.LATENCY)
        .register(registry);
  }
}
