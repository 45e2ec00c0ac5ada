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
 * How long a provider asks to wait.
 *
 * <p>In this order: the headers in milliseconds; {@code retry-after} in seconds or as an HTTP date,
 * which counts from the answer's own {@code Date} so that the two clocks need not agree; Google's
 * {@code RetryInfo} in the error body. A hint that is zero, negative, unreadable or longer than
 * {@link #LONGEST} says nothing, and the next one is read: a recorded 429 carries {@code
 * retry-after-ms: 0} beside {@code retry-after: 1}. The {@code x-ratelimit-reset-*} headers are not
 * read, because each provider writes them in another unit and those that limit also send {@code
 * retry-after}; nor is the message's text.
 */
final class RetryAfter {
  /** A longer wait is taken for a mistake. */
  static final Duration LONGEST = Duration.ofHours(24);

  /** OpenAI's and Azure's, Azure's API management's, and one that proxies add. */
  private static final List<String> MILLISECONDS =
      List.of("retry-after-ms", "x-ms-retry-after-ms", "x-retry-after-ms");

  private static final Pattern DECIMAL = Pattern.compile("\\d{1,15}(\\.\\d{1,15})?");
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double NANOS_PER_MILLI = 1e6;

  private RetryAfter() {}

  /**
   * Nanoseconds to wait from when the answer was received, above zero; empty when it names none.
   *
   * @param error the error's JSON, null when it has none
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

  /** The first hint that says something, zero while none does. */
  private static double firstValid(double found, double next) {
    return found > 0 || next < 1 || next > LONGEST.toNanos() ? found : next;
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

  /** The number that {@code text} spells in plain digits, zero when it spells none. */
  private static double decimal(@Nullable String text) {
    String digits = text == null ? "" : text.strip();
    return DECIMAL.matcher(digits).matches() ? Double.parseDouble(digits) : 0;
  }
}
