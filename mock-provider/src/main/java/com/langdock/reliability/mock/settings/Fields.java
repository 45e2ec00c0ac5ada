package com.langdock.reliability.mock.settings;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Reads typed values from a JSON object and records which names were read, so that the rest can be
 * refused as unknown. A null counts as absent.
 */
final class Fields {
  private static final int LONGEST_SECONDS = 3600;

  private final JsonNode object;
  private final Set<String> known = new HashSet<>();

  Fields(JsonNode object) {
    this.object = object;
  }

  OptionalDouble number(String name, double least, double most) {
    Optional<JsonNode> value = value(name);
    if (value.isEmpty()) {
      return OptionalDouble.empty();
    }
    double number = value.get().isNumber() ? value.get().doubleValue(Double.NaN) : Double.NaN;
    if (!(number >= least && number <= most)) {
      throw new InvalidSetting(name, "must be a number from " + least + " to " + most);
    }
    return OptionalDouble.of(number);
  }

  OptionalLong whole(String name, long least, long most) {
    Optional<JsonNode> value = value(name);
    if (value.isEmpty()) {
      return OptionalLong.empty();
    }
    boolean fits = value.get().isIntegralNumber() && value.get().canConvertToLong();
    long number = fits ? value.get().longValue() : 0;
    if (!fits || number < least || number > most) {
      throw new InvalidSetting(name, "must be a whole number from " + least + " to " + most);
    }
    return OptionalLong.of(number);
  }

  /** At most an hour; to the millisecond. */
  Optional<Duration> seconds(String name) {
    OptionalDouble seconds = number(name, 0, LONGEST_SECONDS);
    return seconds.isPresent()
        ? Optional.of(Duration.ofMillis(Math.round(seconds.getAsDouble() * 1000)))
        : Optional.empty();
  }

  boolean flag(String name, boolean fallback) {
    Optional<JsonNode> value = value(name);
    if (value.isPresent() && !value.get().isBoolean()) {
      throw new InvalidSetting(name, "must be true or false");
    }
    return value.map(JsonNode::booleanValue).orElse(fallback);
  }

  Optional<String> text(String name) {
    Optional<JsonNode> value = value(name);
    if (value.isPresent() && !value.get().isString()) {
      throw new InvalidSetting(name, "must be a string");
    }
    return value.map(JsonNode::stringValue);
  }

  /** Empty when the field is absent. */
  List<JsonNode> list(String name) {
    Optional<JsonNode> value = value(name);
    if (value.isPresent() && !value.get().isArray()) {
      throw new InvalidSetting(name, "must be a list");
    }
    return value.map(array -> List.copyOf(array.values())).orElse(List.of());
  }

  /** To be called last: every name that was not read is an error. */
  void refuseUnknown() {
    for (String name : object.propertyNames()) {
      if (!known.contains(name)) {
        throw new InvalidSetting(name, "unknown field");
      }
    }
  }

  static double inSeconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }

  private Optional<JsonNode> value(String name) {
    known.add(name);
    return object.optional(name).filter(value -> !value.isNull());
  }
}
