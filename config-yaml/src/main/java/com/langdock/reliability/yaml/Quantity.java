package com.langdock.reliability.yaml;

import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Numbers with and without units: {@code 3}, {@code 0.5}, {@code 250ms}, {@code 64KiB}.
 *
 * <p>A number too large to compute with becomes the largest usable one, far above every limit, so
 * that it is rejected as too large and not for its digits.
 */
final class Quantity {
  private static final Pattern WHOLE = Pattern.compile("([-+]?)(\\d+)");
  private static final Pattern DECIMAL = Pattern.compile("[-+]?(\\d+(\\.\\d*)?|\\.\\d+)");
  private static final Pattern DURATION = Pattern.compile("([-+]?\\d+)\\s?(ms|s|m|h|d)");
  private static final Pattern SIZE = Pattern.compile("([-+]?\\d+)\\s?(B|KiB|MiB|GiB)?");
  // Times one GiB it still fits a long.
  private static final BigInteger LARGEST = BigInteger.valueOf(4_000_000_000L);

  private Quantity() {}

  static Optional<Long> wholeNumber(String text) {
    Matcher number = WHOLE.matcher(text);
    if (!number.matches()) {
      return Optional.empty();
    }
    long value = LARGEST.min(new BigInteger(number.group(2))).longValueExact();
    return Optional.of(number.group(1).equals("-") ? -value : value);
  }

  static Optional<Double> decimal(String text) {
    return DECIMAL.matcher(text).matches()
        ? Optional.of(Double.parseDouble(text))
        : Optional.empty();
  }

  static Optional<Duration> duration(String text) {
    Matcher duration = DURATION.matcher(text);
    if (!duration.matches()) {
      return Optional.empty();
    }
    return wholeNumber(duration.group(1))
        .map(amount ->
            switch (duration.group(2)) {
              case "ms" -> Duration.ofMillis(amount);
              case "s" -> Duration.ofSeconds(amount);
              case "m" -> Duration.ofMinutes(amount);
              case "h" -> Duration.ofHours(amount);
              default -> Duration.ofDays(amount);
            });
  }

  static Optional<LocalDate> date(String text) {
    try {
      return Optional.of(LocalDate.parse(text));
    } catch (DateTimeParseException notOne) {
      return Optional.empty();
    }
  }

  /** Bytes. */
  static Optional<Long> size(String text) {
    Matcher size = SIZE.matcher(text);
    if (!size.matches()) {
      return Optional.empty();
    }
    return wholeNumber(size.group(1))
        .map(amount ->
            switch (size.group(2)) {
              case "KiB" -> amount << 10;
              case "MiB" -> amount << 20;
              case "GiB" -> amount << 30;
              case null, default -> amount;
            });
  }
}
