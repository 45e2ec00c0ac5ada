package com.langdock.reliability.gateway.provider;

import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads how long a provider asks the gateway to wait.
 *
 * <p>Sources in order of precedence: the headers in milliseconds; {@code retry-after} in seconds or
 * as an HTTP date, relative to the response's own {@code Date}, so that clock differences have no
 * effect; Google's {@code RetryInfo} in the error body. A value that is zero, negative, invalid or
 * longer than {@link #MAX_WAIT} is skipped: a recorded 429 has {@code retry-after-ms: 0} and {@code
 * retry-after: 1}. The {@code x-ratelimit-reset-*} headers are ignored, because each provider uses
 * a different unit and providers that limit also send {@code retry-after}. The message's text is
 * ignored as well.
 */
final class RetryAfter {
  /** Longer waits are ignored as errors. */
  static final Duration MAX_WAIT = Duration.ofHours(24);

  /** Headers of OpenAI and Azure, of Azure's API management, and of proxies. */
  private static final List<String> MILLISECONDS =
      List.of("retry-after-ms", "x-ms-retry-after-ms", "x-retry-after-ms");

  private static final Pattern DECIMAL = Pattern.compile("\\d{1,15}(\\.\\d{1,15})?");
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double NANOS_PER_MILLI = 1e6;

  private RetryAfter() {}

  /**
   * The wait in nanoseconds after the response was received, above zero; empty if there is none.
   *
   * @param error the error's JSON; null if it has none
   */
  static OptionalLong nanos(ReplyHead head, @Nullable JsonValue error) {
    double wait = 0;
    for (String name : MILLISECONDS) {
      wait = firstValid(wait, decimal(head.headers().value(name)) * NANOS_PER_MILLI);
    }
    wait = firstValid(wait, retryAfterHeader(head));
    wait = firstValid(wait, retryInfo(error));
    return wait == 0 ? OptionalLong.empty() : OptionalLong.of((long) wait);
  }

  /** The first valid wait; zero if none is valid so far. */
  private static double firstValid(double found, double next) {
    return found > 0 || next < 1 || next > MAX_WAIT.toNanos() ? found : next;
  }

  private static double retryAfterHeader(ReplyHead head) {
    String value = head.headers().value("retry-after");
    double seconds = decimal(value);
    if (value == null || seconds > 0) {
      return seconds * NANOS_PER_SECOND;
    }
    Instant from = HttpDate.parse(head.headers().value("date"), head.receivedAt());
    Instant start = from == null ? head.receivedAt() : from;
    Instant until = HttpDate.parse(value, start);
    return until == null ? 0 : Duration.between(start, until).toMillis() * NANOS_PER_MILLI;
  }

  private static double retryInfo(@Nullable JsonValue error) {
    for (JsonValue detail : JsonFields.array(error, "details")) {
      String delay = JsonFields.text(detail, "retryDelay");
      if (delay != null && delay.endsWith("s")) {
        return decimal(delay.substring(0, delay.length() - 1)) * NANOS_PER_SECOND;
      }
    }
    return 0;
  }

  /** The decimal number in {@code text}; zero if it is not one. */
  private static double decimal(@Nullable String text) {
    String digits = text == null ? "" : text.strip();
    return DECIMAL.matcher(digits).matches() ? Double.parseDouble(digits) : 0;
  }
}
