package com.langdock.reliability.gateway.config;

import com.langdock.reliability.yaml.Section;
import java.time.Duration;

/**
 * The settings of retries and failover.
 *
 * @param maxAttempts for one request, the first included, over all providers
 * @param baseBackoff the first wait on the same target; it doubles from there
 * @param maxBackoff the longest wait
 * @param enableFailover whether other providers and fallback models may answer
 * @param maxRetryAfter the longest Retry-After of a provider that is waited for
 * @param maxPause the longest pause of a target because of a Retry-After
 */
public record RetryConfig(
    int maxAttempts,
    Duration baseBackoff,
    Duration maxBackoff,
    boolean enableFailover,
    Duration maxRetryAfter,
    Duration maxPause,
    Budget budget) {
  private static final int MOST_ATTEMPTS = 100;

  /**
   * The retry budget: the load that repeated attempts may add to one provider.
   *
   * @param ratio share of the requests
   * @param minPerSecond retries a second that are always allowed
   */
  public record Budget(double ratio, double minPerSecond) {
    private static final int MOST_PER_SECOND = 1_000_000;

    static Budget from(Section section) {
      return new Budget(
          section.value("ratio").number(0.3, 1),
          section.value("min_per_second").number(10, MOST_PER_SECOND));
    }
  }

  static RetryConfig from(Section section) {
    String maxAttempts = section.renamed("max_retries", "max_attempts");
    RetryConfig config =
        new RetryConfig(
            section.value(maxAttempts).integer(5, 1, MOST_ATTEMPTS),
            section.value("base_backoff").durationOrZero(Duration.ofSeconds(2)),
            section.value("max_backoff").durationOrZero(Duration.ofSeconds(60)),
            section.value("enable_failover").flag(true),
            section.value("max_retry_after").durationOrZero(Duration.ofSeconds(5)),
            section.value("max_pause").duration(Duration.ofMinutes(5)),
            section.section("budget", Budget::from));
    if (config.maxBackoff.compareTo(config.baseBackoff) < 0) {
      section.place("max_backoff").reject("must not be shorter than base_backoff");
    }
    return config;
  }
}
