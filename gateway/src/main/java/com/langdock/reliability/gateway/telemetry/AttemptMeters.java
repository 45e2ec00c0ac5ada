package com.langdock.reliability.gateway.telemetry;

import com.langdock.reliability.core.domain.EndedAttempt;
import com.langdock.reliability.core.domain.Failure;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts the attempts at one target. */
final class AttemptMeters {
  private final Tags target;
  private final DurationHistogram.Series duration;
  private final MeterRegistry registry;
  private final Counter succeeded;
  private final Counter retries;

  /** By what failed; each is registered with its first failure. */
  private final Map<String, Counter> failed = new ConcurrentHashMap<>();

  /** The meters of the target that the tags name. */
  AttemptMeters(Tags target, DurationHistogram.Series duration, MeterRegistry registry) {
    this.target = target;
    this.duration = duration;
    this.registry = registry;
    succeeded = ended("success");
    retries =
        Counter.builder("gateway.retries")
            .description("Attempts at the target that failed just before.")
            .tags(target)
            .register(registry);
  }

  /** Counts an attempt that repeats the target of the one before. */
  void retried() {
    retries.increment();
  }

  /** Counts an attempt that ended. */
  void ended(EndedAttempt attempt, RequestExemplar exemplar) {
    duration.record(attempt.attempt().startedAt(), attempt.endedAt(), exemplar);
    Failure failure = attempt.failure();
    if (failure == null) {
      succeeded.increment();
    } else {
      failed.computeIfAbsent(failure.word(), this::ended).increment();
    }
  }

  /** What was counted so far. */
  MeterSnapshot.Attempts snapshot() {
    return new MeterSnapshot.Attempts(
        succeeded.count(), failed.values().stream().mapToDouble(Counter::count).sum());
  }

  private Counter ended(String outcome) {
    return Counter.builder("gateway.attempts")
        .description("Attempts that ended, by how: success or what failed.")
        .tags(target.and("outcome", outcome))
        .register(registry);
  }
}
