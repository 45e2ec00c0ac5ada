package com.langdock.reliability.mock.settings;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The pace of answers.
 *
 * @param timeout how long a timeout says nothing
 * @param beforeAnswer the wait before the first byte of any answer, errors included
 * @param beforeFirstToken the further wait of a stream, after its head and before its first content
 * @param betweenTokens the wait between two contents of a stream
 */
public record Pace(
    Duration timeout, Duration beforeAnswer, Duration beforeFirstToken, Duration betweenTokens) {
  private static final String TIMEOUT = "timeout_duration_seconds";
  private static final String ANSWER = "response_delay_seconds";
  private static final String FIRST_TOKEN = "first_token_delay_seconds";
  private static final String TOKEN = "token_delay_ms";
  private static final int LONGEST_TOKEN_DELAY_MS = 600_000;

  static Pace read(Fields fields) {
    return new Pace(
        fields.seconds(TIMEOUT).orElse(Duration.ofSeconds(35)),
        fields.seconds(ANSWER).orElse(Duration.ZERO),
        fields.seconds(FIRST_TOKEN).orElse(Duration.ZERO),
        Duration.ofMillis(fields.whole(TOKEN, 0, LONGEST_TOKEN_DELAY_MS).orElse(0)));
  }

  void show(Map<String, @Nullable Object> shown) {
    shown.put(TIMEOUT, Fields.inSeconds(timeout));
    shown.put(ANSWER, Fields.inSeconds(beforeAnswer));
    shown.put(FIRST_TOKEN, Fields.inSeconds(beforeFirstToken));
    shown.put(TOKEN, betweenTokens.toMillis());
  }
}
