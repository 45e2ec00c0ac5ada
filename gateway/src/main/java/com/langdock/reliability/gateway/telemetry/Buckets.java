package com.langdock.reliability.gateway.telemetry;

import java.time.Duration;
import java.util.stream.LongStream;

/** The upper limits of the histograms' buckets. */
public final class Buckets {
  private Buckets() {}

  /** For requests and attempts: from a mock's millisecond to a long answer's ten minutes. */
  public static Duration[] latency() {
    return micros(
        1_000,
        5_000,
        10_000,
        25_000,
        50_000,
        100_000,
        250_000,
        500_000,
        1_000_000,
        2_500_000,
        5_000_000,
        10_000_000,
        30_000_000,
        60_000_000,
        180_000_000,
        600_000_000);
  }

  /** For the overhead of the gateway. */
  public static Duration[] overhead() {
    return micros(
        50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000,
        1_000_000);
  }

  private static Duration[] micros(long... limits) {
    return LongStream.of(limits)
        .mapToObj(limit -> Duration.ofNanos(limit * 1_000))
        .toArray(Duration[]::new);
  }
}
