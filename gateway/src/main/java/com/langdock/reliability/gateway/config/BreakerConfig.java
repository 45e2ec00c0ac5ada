package com.langdock.reliability.gateway.config;

import com.langdock.reliability.yaml.Section;
import java.time.Duration;

/**
 * The settings of circuit breakers.
 *
 * @param threshold failures in a row that open the breaker while the window holds fewer than {@code
 *     minimumCalls}
 * @param failureRate share of failed calls in the window that opens it, once there are {@code
 *     minimumCalls}
 * @param timeout the longest time open; the first opening is shorter, each failed probe doubles it
 * @param halfOpenProbes calls let through at once while half-open; as many successes close it
 */
public record BreakerConfig(
    Scope scope,
    int threshold,
    double failureRate,
    Duration window,
    int minimumCalls,
    Duration timeout,
    int halfOpenProbes) {
  private static final int MOST_CALLS = 1_000_000;
  private static final int MOST_PROBES = 1_000;

  /** The scope of one breaker. */
  public enum Scope {
    /** One per provider for failures to reach or use it, one per target for failed answers. */
    AUTO,
    /** Each provider. */
    PROVIDER,
    /** Each model of each provider. */
    TARGET
  }

  static BreakerConfig from(Section section) {
    return new BreakerConfig(
        section.value("scope").choice(Scope.class).orElse(Scope.AUTO),
        section.value("threshold").integer(5, 1, MOST_CALLS),
        section.value("failure_rate").share(0.5),
        section.value("window").duration(Duration.ofSeconds(30)),
        section.value("minimum_calls").integer(10, 1, MOST_CALLS),
        section.value("timeout").duration(Duration.ofSeconds(60)),
        section.value("half_open_probes").integer(1, 1, MOST_PROBES));
  }
}
