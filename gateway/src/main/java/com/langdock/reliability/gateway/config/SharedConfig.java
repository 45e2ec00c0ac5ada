package com.langdock.reliability.gateway.config;

import com.langdock.reliability.core.quota.SharedRules;
import com.langdock.reliability.yaml.Section;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How replicas of the gateway share limits.
 *
 * @param expectedReplicas how many there are, until the true number is known
 * @param redis which rates and slots are drawn from; null where each replica has its share
 * @param timeout the longest that a request waits for it
 * @param whenAway what is done while it is away
 */
public record SharedConfig(
    int expectedReplicas, @Nullable RedisConfig redis, Duration timeout, WhenAway whenAway) {
  private static final Duration TIMEOUT = Duration.ofMillis(20);
  private static final Duration LONGEST = Duration.ofSeconds(1);

  /** What is done while Redis is away. */
  public enum WhenAway {
    /** Each replica has its share of every limit. */
    LOCAL,
    /** Requests whose limits cannot be decided are refused. */
    REFUSE
  }

  /** Reads {@code shared} of the file; null where it has none. */
  static @Nullable SharedConfig from(Section file) {
    return file.has("shared") ? file.section("shared", SharedConfig::read) : null;
  }

  private static SharedConfig read(Section section) {
    if (!section.has("expected_replicas")) {
      section.place("expected_replicas").reject("is missing");
    }
    return new SharedConfig(
        section.value("expected_replicas").integer(1, 1, SharedRules.MAX_REPLICAS),
        redis(section),
        section.value("timeout").duration(TIMEOUT, LONGEST),
        section.value("when_away").choice(WhenAway.class).orElse(WhenAway.LOCAL));
  }

  private static @Nullable RedisConfig redis(Section section) {
    String url = section.value("redis").secret().orElse("");
    if (url.isEmpty()) {
      return null;
    }
    RedisConfig redis = RedisConfig.parse(url);
    if (redis == null) {
      section
          .place("redis")
          .reject(
              "must be redis:// or rediss://USER:PASSWORD@HOST:PORT, with ,HOST:PORT for each"
                  + " further node of a cluster or sentinel, and ?sentinel=NAME for sentinels");
    }
    return redis;
  }
}
