package com.langdock.reliability.gateway.telemetry;

import com.langdock.reliability.core.domain.Price;
import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.domain.Usage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import org.jspecify.annotations.Nullable;

/**
 * The meters of one target, looked up once.
 *
 * @param price of its model, null when unknown
 */
record TargetMeters(
    Counter succeeded,
    DurationHistogram.Series duration,
    Counter retries,
    Counter inputTokens,
    Counter cachedInputTokens,
    Counter outputTokens,
    @Nullable Price price,
    Counter cost,
    StreamMeters stream) {

  static TargetMeters of(
      Target target,
      DurationHistogram.Series duration,
      @Nullable Price price,
      MeterRegistry registry) {
    Tags tags = tags(target);
    return new TargetMeters(
        attempts(tags, "success", registry),
        duration,
        Counter.builder("gateway.retries")
            .description("Attempts at the target that failed just before.")
            .tags(tags)
            .register(registry),
        tokens(tags.and("type", "input"), registry),
        tokens(tags.and("type", "cached_input"), registry),
        tokens(tags.and("type", "output"), registry),
        price,
        Counter.builder("gateway.cost.dollars")
            .description("What the tokens cost, as far as the model's price is known.")
            .tags(tags)
            .register(registry),
        StreamMeters.of(tags, registry));
  }

  /** The labels of a target. */
  static Tags tags(Target target) {
    return Tags.of("provider", target.provider(), "model", target.model());
  }

  /** Counts the attempts that ended so. */
  static Counter attempts(Tags target, String outcome, MeterRegistry registry) {
    return Counter.builder("gateway.attempts")
        .description("Attempts that ended, by how: success or what failed.")
        .tags(target.and("outcome", outcome))
        .register(registry);
  }

  private static Counter tokens(Tags tags, MeterRegistry registry) {
    return Counter.builder("gateway.tokens")
        .description("Tokens used; cached_input is a part of input.")
        .tags(tags)
        .register(registry);
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
