package com.langdock.reliability.gateway.management;

import com.langdock.reliability.gateway.telemetry.Distribution;
import com.langdock.reliability.gateway.telemetry.MeterSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * Rates and percentiles of a time; null where nothing happened that could be measured.
 *
 * @param at its end, in milliseconds since 1970
 * @param successRate of the requests that succeeded or failed
 */
record Figures(
    long at,
    int inFlight,
    double requestsPerSecond,
    @Nullable Double successRate,
    Percentiles latency,
    Percentiles firstToken,
    Spending spending) {
  private static final double SECONDS_PER_HOUR = 3_600;
  private static final double MILLIS_PER_SECOND = 1_000;

  /** Percentiles of a duration in milliseconds. */
  record Percentiles(@Nullable Double p50, @Nullable Double p95, @Nullable Double p99) {
    static Percentiles of(Distribution distribution) {
      return new Percentiles(
          distribution.percentileMillis(0.5),
          distribution.percentileMillis(0.95),
          distribution.percentileMillis(0.99));
    }
  }

  /** Tokens used, and US dollars that they cost. */
  record Spending(double tokensPerSecond, double dollarsPerHour) {}

  /** What happened between two moments. */
  static Figures between(MeterSnapshot then, MeterSnapshot now) {
    double seconds = Math.max(1, (now.at() - then.at()) / MILLIS_PER_SECOND);
    MeterSnapshot.Requests requests = now.requests().since(then.requests());
    double decided = requests.succeeded() + requests.failed();
    MeterSnapshot.Consumption consumption = now.consumption().since(then.consumption());
    return new Figures(
        now.at(),
        now.inFlight(),
        requests.ended() / seconds,
        decided <= 0 ? null : requests.succeeded() / decided,
        Percentiles.of(now.latency().since(then.latency())),
        Percentiles.of(now.timeToFirstChunk().since(then.timeToFirstChunk())),
        new Spending(
            consumption.tokens() / seconds, consumption.dollars() / seconds * SECONDS_PER_HOUR));
  }
}
