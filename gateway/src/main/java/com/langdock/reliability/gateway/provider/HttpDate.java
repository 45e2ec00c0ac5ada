package com.langdock.reliability.gateway.provider;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the three forms of an HTTP date (RFC 9110, section 5.6.7).
 *
 * <p>{@code Sun, 06 Nov 1994 08:49:37 GMT}, and the obsolete forms that a recipient must accept:
 * {@code Sunday, 06-Nov-94 08:49:37 GMT} (RFC 850) and {@code Sun Nov 6 08:49:37 1994} (asctime).
 * The weekday is not checked, since the rest of the date determines the moment.
 */
final class HttpDate {
  private static final int MAX_LENGTH = 64;
  private static final int CENTURY = 100;
  private static final int YEARS_AHEAD = 50;

  private static final List<String> MONTHS =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

  private static final String TIME = "(?<time>\\d{2}:\\d{2}:\\d{2})";
  private static final Pattern FIXED_OR_RFC_850 =
      Pattern.compile(
          "[A-Za-z]+, (?<day>\\d{1,2})[ -](?<month>[A-Za-z]{3})[ -](?<year>\\d{2}|\\d{4}) "
              + TIME
              + " (GMT|UTC|\\+0000)");
  private static final Pattern ASCTIME =
      Pattern.compile(
          "[A-Za-z]{3} (?<month>[A-Za-z]{3}) {1,2}(?<day>\\d{1,2}) " + TIME + " (?<year>\\d{4})");

  private HttpDate() {}

  /**
   * The moment of the date {@code text}; null if it is not an HTTP date.
   *
   * @param now determines the century of a two-digit year: at most 50 years in the future
   */
  static @Nullable Instant parse(@Nullable String text, Instant now) {
    String date = text == null ? "" : text.strip();
    if (date.length() > MAX_LENGTH) {
      return null;
    }
    Matcher form = FIXED_OR_RFC_850.matcher(date);
    if (!form.matches()) {
      form = ASCTIME.matcher(date);
    }
    return form.matches() ? moment(form, now) : null;
  }

  private static @Nullable Instant moment(Matcher form, Instant now) {
    String time = form.group("time");
    try {
      return LocalDateTime.of(
              year(form.group("year"), now.atOffset(ZoneOffset.UTC).getYear()),
              MONTHS.indexOf(form.group("month").toLowerCase(Locale.ROOT)) + 1,
              Integer.parseInt(form.group("day")),
              Integer.parseInt(time, 0, 2, 10),
              Integer.parseInt(time, 3, 5, 10),
              Integer.parseInt(time, 6, 8, 10))
          .toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static int year(String digits, int thisYear) {
    int year = Integer.parseInt(digits);
    if (digits.length() > 2) {
      return year;
    }
    int inThisCentury = thisYear - thisYear % CENTURY + year;
    return inThisCentury > thisYear + YEARS_AHEAD ? inThisCentury - CENTURY : inThisCentury;
  }
}
