package com.langdock.reliability.yaml;

import com.langdock.reliability.yaml.YamlNode.Mapping;
import com.langdock.reliability.yaml.YamlNode.Scalar;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The single value of a key.
 *
 * <p>Every method returns the value, or the default where the key is absent or its value is wrong;
 * problems are recorded, and reading continues.
 */
public final class Setting {
  private static final Duration LONGEST = Duration.ofHours(24);
  private static final long LARGEST = 1L << 30;
  private static final long MEBI = 1L << 20;
  private static final String SIZE = "a size such as 64KiB or 32MiB";

  private final @Nullable YamlNode node;
  private final SourceLocation place;
  private final EnvironmentReferences references;

  /** The value {@code node}, null where the key is absent. */
  Setting(@Nullable YamlNode node, SourceLocation place, EnvironmentReferences references) {
    this.node = node;
    this.place = place;
    this.references = references;
  }

  /** Text that is not blank, empty where it is absent or wrong. */
  public Optional<String> text() {
    Optional<String> text = resolved("text");
    if (text.isPresent() && text.get().isBlank()) {
      place.reject("must not be empty");
      return Optional.empty();
    }
    return text;
  }

  /** A secret, which no message contains; empty if it is absent, wrong or empty. */
  public Optional<String> secret() {
    return resolved("text").filter(secret -> !secret.isEmpty());
  }

  /** An http or https URL without user and fragment; empty where it is absent or wrong. */
  public Optional<URI> url() {
    return text().flatMap(text -> HttpUrl.read(text, place));
  }

  /** An address or a host's name; empty where it is absent or wrong. */
  public Optional<String> host() {
    return text().filter(text -> fits(Hosts.isHost(text), "an address or a host name"));
  }

  /** Whether it is {@code word}, which stands beside values of another kind. */
  public boolean isWord(String word) {
    return node instanceof Scalar scalar && scalar.text().equals(word);
  }

  /** Whether it is a section of keys and values. */
  public boolean isSection() {
    return node instanceof Mapping;
  }

  /** {@code true} or {@code false}. */
  public boolean flag(boolean standard) {
    return choice(Flag.class).map(flag -> flag == Flag.TRUE).orElse(standard);
  }

  private enum Flag {
    TRUE,
    FALSE
  }

  /** A whole number from {@code least} to {@code most}. */
  public int integer(int standard, int least, int most) {
    return whole(least, most).map(Math::toIntExact).orElse(standard);
  }

  /** A whole number from {@code least} to {@code most}, empty where it is absent or wrong. */
  public Optional<Long> whole(long least, long most) {
    return parsed("a whole number", Quantity::wholeNumber)
        .filter(value -> fits(value >= least && value <= most, "from " + least + " to " + most));
  }

  /** A number from 0 to {@code most}. */
  public double number(double standard, int most) {
    return parsed("a number", Quantity::decimal)
        .filter(value -> fits(value >= 0 && value <= most, "from 0 to " + most))
        .orElse(standard);
  }

  /** A number above 0 and up to 1. */
  public double share(double standard) {
    return parsed("a number", Quantity::decimal)
        .filter(value -> fits(value > 0 && value <= 1, "more than 0 and at most 1"))
        .orElse(standard);
  }

  /** A duration above zero, up to a day. */
  public Duration duration(Duration standard) {
    return duration(standard, LONGEST);
  }

  /** A duration above zero, up to {@code most}, which is a number of hours. */
  public Duration duration(Duration standard, Duration most) {
    return anyDuration(most)
        .filter(value -> fits(value.isPositive(), "more than 0s"))
        .orElse(standard);
  }

  /** A duration from zero to a day. */
  public Duration durationOrZero(Duration standard) {
    return anyDuration(LONGEST)
        .filter(value -> fits(!value.isNegative(), "at least 0s"))
        .orElse(standard);
  }

  private Optional<Duration> anyDuration(Duration most) {
    return parsed("a duration such as 250ms, 2s, 5m or 1d", Quantity::duration)
        .filter(value -> fits(value.compareTo(most) <= 0, "at most " + most.toHours() + "h"));
  }

  /** A day, such as {@code 2026-11-23}. */
  public LocalDate date(LocalDate standard) {
    return parsed("a date such as 2026-11-23", Quantity::date).orElse(standard);
  }

  /** Bytes, from one to a GiB. */
  public long size(long standard) {
    return parsed(SIZE, Quantity::size)
        .filter(value -> fits(value > 0 && value <= LARGEST, "more than 0 and at most 1GiB"))
        .orElse(standard);
  }

  /**
   * Bytes.
   *
   * @param least a number of MiB
   * @param most a number of GiB
   */
  public long size(long standard, long least, long most) {
    String limits = "at least " + least / MEBI + "MiB and at most " + most / LARGEST + "GiB";
    return parsed(SIZE, Quantity::size)
        .filter(value -> fits(value >= least && value <= most, limits))
        .orElse(standard);
  }

  /** One of the constants of {@code type}, in small letters; empty where it is absent or wrong. */
  public <E extends Enum<E>> Optional<E> choice(Class<E> type) {
    E[] choices = type.getEnumConstants();
    String names = Stream.of(choices).map(Setting::nameOf).collect(Collectors.joining(" or "));
    return parsed(
        names,
        text -> Stream.of(choices).filter(one -> nameOf(one).equalsIgnoreCase(text)).findFirst());
  }

  /** One of {@code names}; empty where it is absent or wrong. */
  public Optional<String> oneOf(Collection<String> names) {
    return resolved("text").flatMap(text -> new Item(text, text, place).oneOf(names));
  }

  private static String nameOf(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }

  private <T> Optional<T> parsed(String expected, Function<String, Optional<T>> parser) {
    Optional<String> text = resolved(expected);
    Optional<T> value = text.flatMap(parser);
    if (text.isPresent()) {
      fits(value.isPresent(), expected);
    }
    return value;
  }

  private Optional<String> resolved(String expected) {
    if (node instanceof Scalar scalar && !scalar.isNull()) {
      return references.replace(scalar.text(), place);
    }
    if (node != null) {
      fits(false, expected);
    }
    return Optional.empty();
  }

  /**
   * Messages contain the value as the file has it, because the value of a reference may be secret.
   */
  private boolean fits(boolean fits, String expected) {
    if (!fits && node != null) {
      place.reject("must be " + expected + ", not " + ConfigMessages.valueOf(node));
    }
    return fits;
  }
}
