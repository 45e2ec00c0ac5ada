package com.langdock.reliability.gateway.management;

import org.jspecify.annotations.Nullable;

/**
 * What a time brought; null where nothing happened that could be measured.
 *
 * @param at its end, in milliseconds since 1970
 * @param successRate of the requests that were answered or failed
 * @param costPerHour US dollars
 */
record Figures(
    long at,
    double requestsPerSecond,
    @Nullable Double successRate,
    @Nullable Double latencyP50,
    @Nullable Double latencyP95,
    @Nullable Double latencyP99,
    @Nullable Double firstTokenP50,
    @Nullable Double firstTokenP95,
    double tokensPerSecond,
    double costPerHour,
    int inFlight) {
  private static final double HALF = 0.5;
  private static final double MOST = 0.95;
  private static final double NEARLY_ALL = 0.99;
  private static final double SECONDS_PER_HOUR = 3_600;
  private static final double MILLIS_PER_SECOND = 1_000;

  /** What happened between two moments. */
  static Figures between(Totals then, Totals now) {
    double seconds = Math.max(1, (now.at() - then.at()) / MILLIS_PER_SECOND);
    double succeeded = now.succeeded() - then.succeeded();
    double decided = succeeded + now.failed() - then.failed();
    Distribution latency = now.latency().since(then.latency());
    Distribution firstToken = now.firstToken().since(then.firstToken());
    return new Figures(
        now.at(),
        (now.requests() - then.requests()) / seconds,
        decided <= 0 ? null : succeeded / decided,
        latency.percentileMillis(HALF),
        latency.percentileMillis(MOST),
        latency.percentileMillis(NEARLY_ALL),
        firstToken.percentileMillis(HALF),
        firstToken.percentileMillis(MOST),
        (now.tokens() - then.tokens()) / seconds,
        (now.dollars() - then.dollars()) / seconds * SECONDS_PER_HOUR,
        now.inFlight());
  }
}
