package com.langdock.reliability.gateway.observability;

import com.langdock.reliability.core.domain.Price;
import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.domain.Usage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;

/**
 * The meters of one target, looked up once.
 *
 * @param price of its model, null when unknown
 */
record TargetMeters(
    Counter succeeded,
    Timer duration,
    Counter retries,
    Counter inputTokens,
    Counter cachedInputTokens,
    Counter outputTokens,
    @Nullable Price price,
    Counter cost,
    StreamMeters stream) {

  static TargetMeters of(Target target, @Nullable Price price, MeterRegistry registry) {
    Tags tags = Tags.of("provider", target.provider(), "model", target.model());
    return new TargetMeters(
        registry.counter("gateway.attempts", tags.and("outcome", "success")),
        Timer.builder("gateway.attempt.duration")
            .description("From an attempt's start to its end.")
            .tags(tags)
            .serviceLevelObjectives(Buckets.LATENCY)
            .register(registry),
        registry.counter("gateway.retries", tags),
        registry.counter("gateway.tokens", tags.and("type", "input")),
        registry.counter("gateway.tokens", tags.and("type", "cached_input")),
        registry.counter("gateway.tokens", tags.and("type", "output")),
        price,
        Counter.builder("gateway.cost.dollars")
            .description("What the tokens cost, as far as the model's price is known.")
            .tags(tags)
            .register(registry),
        StreamMeters.of(tags, registry));
  }

  /** Counts the tokens of an answer, and their cost. */
  void used(Usage usage) {
    inputTokens.increment((double) usage.inputTokens());
    cachedInputTokens.increment((double) usage.cachedInputTokens());
    outputTokens.increment((double) usage.outputTokens());
    if (price != null) {
      cost.increment((double) price.of(usage) / Price.PICODOLLARS_PER_DOLLAR);
    }
  }
}
