package com.langdock.reliability.mock.reply;

import com.langdock.reliability.mock.settings.Refusals;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/** The Retry-After header, in seconds or as an HTTP date (RFC 9110, section 10.2.3). */
final class RetryAfter {
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);

  private RetryAfter() {}

  /** The header, or no header. A date is rounded up to the next full second. */
  static Map<String, String> header(Refusals refusals, Instant now) {
    Duration wait = refusals.retryAfter();
    if (wait == null) {
      return Map.of();
    }
    String value =
        refusals.retryAfterAsDate()
            ? HTTP_DATE.format(now.plus(wait).plusNanos(999_999_999))
            : seconds(wait);
    return Map.of("retry-after", value);
  }

  private static String seconds(Duration wait) {
    return wait.toMillisPart() == 0
        ? String.valueOf(wait.toSeconds())
        : String.valueOf(wait.toMillis() / 1000.0);
  }
}
