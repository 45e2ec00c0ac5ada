package com.langdock.reliability.gateway.front;

import com.langdock.reliability.core.quota.Standing;
import com.langdock.reliability.core.quota.Standing.Level;
import com.langdock.reliability.gateway.server.ClientResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Tells clients what is left of their rates, as the APIs that they know do. */
public enum LimitHeaders {
  /** As OpenAI's APIs do. */
  OPENAI,
  /** As Anthropic's API does. */
  ANTHROPIC;

  private static final long NANOS_IN_MILLI = 1_000_000;
  private static final long MILLIS_IN_SECOND = 1_000;
  private static final long SECONDS_IN_MINUTE = 60;

  /** Puts what is left into the head of an answer; {@code unixMillis} is now. */
  void put(ClientResponse response, Standing standing, long unixMillis) {
    switch (this) {
      case OPENAI -> openAi(response, standing);
      case ANTHROPIC -> anthropic(response, standing, unixMillis);
    }
  }

  private static void openAi(ClientResponse response, Standing standing) {
    openAi(response, "requests", standing.requests());
    openAi(response, "tokens", standing.tokens());
  }

  private static void openAi(ClientResponse response, String kind, @Nullable Level level) {
    if (level != null) {
      response
          .header("x-ratelimit-limit-" + kind, Long.toString(level.limit()))
          .header("x-ratelimit-remaining-" + kind, Long.toString(level.remaining()))
          .header("x-ratelimit-reset-" + kind, duration(level.resetNanos()));
    }
  }

  private static void anthropic(ClientResponse response, Standing standing, long unixMillis) {
    anthropic(response, "anthropic-ratelimit-requests", standing.requests(), unixMillis);
    anthropic(response, "anthropic-ratelimit-tokens", standing.tokens(), unixMillis);
  }

  private static void anthropic(
      ClientResponse response, String name, @Nullable Level level, long unixMillis) {
    if (level != null) {
      response
          .header(name + "-limit", Long.toString(level.limit()))
          .header(name + "-remaining", Long.toString(level.remaining()))
          .header(name + "-reset", moment(unixMillis, level.resetNanos()));
    }
  }

  /** A moment of a whole second, rounded up. */
  private static String moment(long unixMillis, long nanos) {
    long millis = unixMillis + LimitErrors.millis(nanos) + MILLIS_IN_SECOND - 1;
    return Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** As OpenAI writes them: {@code 0s}, {@code 12ms}, {@code 1.2s}, {@code 6m0s}; rounded up. */
  static String duration(long nanos) {
    long millis = (nanos + NANOS_IN_MILLI - 1) / NANOS_IN_MILLI;
    if (millis == 0) {
      return "0s";
    }
    if (millis < MILLIS_IN_SECOND) {
      return millis + "ms";
    }
    long seconds = millis / MILLIS_IN_SECOND;
    long minutes = seconds / SECONDS_IN_MINUTE;
    String prefix = minutes == 0 ? "" : minutes + "m";
    long rest = millis % MILLIS_IN_SECOND;
    String fraction = rest == 0 ? "" : fraction(rest);
    return prefix + seconds % SECONDS_IN_MINUTE + fraction + "s";
  }

  private static String fraction(long millis) {
    String digits = Long.toString(MILLIS_IN_SECOND + millis).substring(1);
    return "." + digits.replaceAll("0+$", "");
  }
}
