package com.langdock.reliability.gateway.telemetry;

import com.langdock.reliability.core.domain.Price;
import com.langdock.reliability.core.domain.Target;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import org.jspecify.annotations.Nullable;

/** The meters of one target, looked up once. */
record TargetMeters(AttemptMeters attempts, TokenMeters tokens, StreamMeters stream) {

  /** Registers the meters of {@code target}, whose price is unknown. */
  static TargetMeters of(Target target, DurationHistogram.Series duration, MeterRegistry registry) {
    Tags tags = Tags.of("provider", target.provider(), "model", target.model());
    return new TargetMeters(
        new AttemptMeters(tags, duration, registry),
        TokenMeters.of(tags, registry),
        StreamMeters.of(tags, registry));
  }

  /** The same meters at {@code price}, null when unknown. */
  TargetMeters at(@Nullable Price price) {
    return new TargetMeters(attempts, tokens.at(price), stream);
  }
}
