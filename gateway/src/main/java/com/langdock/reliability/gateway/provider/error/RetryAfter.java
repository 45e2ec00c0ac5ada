package com.langdock.reliability.gateway.provider.error;

import com.langdock.reliability.gateway.json.JsonValue;
import com.langdock.reliability.gateway.provider.Fields;
import com.langdock.reliability.gateway.provider.ReplyHead;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How long a provider asks to wait.
 *
 * <p>In this order: the header {@code retry-after-ms}; {@code retry-after} in seconds or as an HTTP
 * date, which counts from the answer's own {@code Date} so that the two clocks need not agree;
 * Google's {@code RetryInfo} in the error body. Zero, negative and unreadable hints say nothing: a
 * recorded 429 carries {@code retry-after-ms: 0} beside {@code retry-after: 1}. The {@code
 * x-ratelimit-reset-*} headers are not read, because each provider writes them in another unit and
 * those that limit also send {@code retry-after}; nor is the message's text.
 */
final class RetryAfter {
  /** A longer wait is taken for this one. */
  static final Duration LONGEST = Duration.ofHours(24);

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
    double wait = decimal(head.headers().value("retry-after-ms")) * NANOS_PER_MILLI;
    if (wait <= 0) {
      wait = retryAfterHeader(head);
    }
    if (wait <= 0) {
      wait = retryInfo(error);
    }
    return wait < 1 ? OptionalLong.empty() : OptionalLong.of(capped(wait));
  }

  private static long capped(double nanos) {
    return (long) Math.min(nanos, (double) LONGEST.toNanos());
  }

  private static double retryAfterHeader(ReplyHead head) {
    String value = head.headers().value("retry-after");
    double seconds = decimal(value);
    if (value == null || seconds > 0) {
      return seconds * NANOS_PER_SECOND;
    }
    Instant until = httpDate(value);
    if (until == null) {
      return 0;
    }
    Instant from = httpDate(head.headers().value("date"));
    Duration wait = Duration.between(from == null ? head.receivedAt() : from, until);
    return (double) wait.toMillis() * NANOS_PER_MILLI;
  }

  private static double retryInfo(@Nullable JsonValue error) {
    for (JsonValue detail : Fields.array(error, "details")) {
      String delay = Fields.text(detail, "retryDelay");
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

  private static @Nullable Instant httpDate(@Nullable String text) {
    try {
      return text == null
          ? null
          : DateTimeFormatter.RFC_1123_DATE_TIME.parse(text.strip(), Instant::from);
    } catch (DateTimeException e) {
      return null; // not a date: the header says nothing
    }
  }
}
