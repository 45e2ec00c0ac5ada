package com.langdock.reliability.gateway.telemetry;

import com.langdock.reliability.core.domain.Price;
import com.langdock.reliability.core.domain.Usage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import org.jspecify.annotations.Nullable;

/**
 * Counts the tokens of one target, and their cost.
 *
 * @param price of its model, null when unknown
 */
record TokenMeters(
    Counter input, Counter cachedInput, Counter output, @Nullable Price price, Counter cost) {

  /** Meters of a target whose price is unknown. */
  static TokenMeters of(Tags target, MeterRegistry registry) {
    return new TokenMeters(
        tokens(target.and("type", "input"), registry),
        tokens(target.and("type", "cached_input"), registry),
        tokens(target.and("type", "output"), registry),
        null,
        Counter.builder("gateway.cost.dollars")
            .description("What the tokens cost, as far as the model's price is known.")
            .tags(target)
            .register(registry));
  }

  /** The same meters at {@code other}, null when unknown. */
  TokenMeters at(@Nullable Price other) {
    return new TokenMeters(input, cachedInput, output, other, cost);
  }

  private static Counter tokens(Tags tags, MeterRegistry registry) {
    return Counter.builder("gateway.tokens")
        .description("Tokens used; cached_input is a part of input.")
        .tags(tags)
        .register(registry);
  }

  /** Counts the tokens of an answer, and their cost. */
  void used(Usage usage) {
    input.increment((double) usage.inputTokens());
    cachedInput.increment((double) usage.cachedInputTokens());
    output.increment((double) usage.outputTokens());
    if (price != null) {
      cost.increment((double) price.of(usage) / Price.PICODOLLARS_PER_DOLLAR);
    }
  }

  /** Input and output tokens so far. */
  double total() {
    return input.count() + output.count();
  }
}
