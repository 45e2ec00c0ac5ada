package com.langdock.reliability.gateway.telemetry;

import com.langdock.reliability.core.domain.StreamPace;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/** The meters of one target's streams, looked up once. */
record StreamMeters(Timer firstContent, Timer perChunk, Timer longestGap, Counter continued) {

  static StreamMeters of(Tags tags, MeterRegistry registry) {
    return new StreamMeters(
        timer("gateway.stream.first.chunk", "From an attempt's start to its content.")
            .tags(tags)
            .register(registry),
        timer("gateway.stream.chunk.interval", "A stream's mean time between chunks.")
            .tags(tags)
            .register(registry),
        timer("gateway.stream.longest.gap", "A stream's longest time between chunks.")
            .tags(tags)
            .register(registry),
        Counter.builder("gateway.streams.continued")
            .description("Broken streams that this target went on with.")
            .tags(tags)
            .register(registry));
  }

  /** Measures a stream that has ended. */
  void flowed(StreamPace pace) {
    if (pace.chunks() > 0) {
      perChunk.record(pace.nanos() / pace.chunks(), TimeUnit.NANOSECONDS);
      longestGap.record(pace.longestGapNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private static Timer.Builder timer(String name, String description) {
    return Timer.builder(name).description(description).serviceLevelObjectives(Buckets.latency());
  }
}
