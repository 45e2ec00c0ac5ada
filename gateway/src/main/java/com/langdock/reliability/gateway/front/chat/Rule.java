package com.langdock.reliability.gateway.front.chat;

import com.langdock.reliability.gateway.front.Problem;
import com.langdock.reliability.json.JsonValue;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One thing that must be true of an object's fields. */
@FunctionalInterface
interface Rule {
  /** Characters that a name may have. */
  int MAX_NAME = 256;

  /** Bytes of the longest character in JSON, an escape. */
  int LONGEST_CHARACTER = 6;

  /**
   * The first problem with {@code object}, null when there is none.
   *
   * @param path of the object, ending in a dot, or empty for the request itself
   */
  @Nullable Problem check(JsonValue object, String path);

  /** The first problem that the rules find, in their order. */
  static @Nullable Problem first(List<Rule> rules, JsonValue object, String path) {
    for (Rule rule : rules) {
      Problem problem = rule.check(object, path);
      if (problem != null) {
        return problem;
      }
    }
    return null;
  }

  /** The field, where it is there, must satisfy {@code test}; null counts as not there. */
  static Rule optional(String name, String expectation, Predicate<JsonValue> test) {
    return (object, path) -> {
      JsonValue value = object.field(name);
      if (value == null || value.isNull() || test.test(value)) {
        return null;
      }
      return Problem.invalid(path + name, expectation, value);
    };
  }

  /** The field must be there and satisfy {@code test}. */
  static Rule required(String name, String expectation, Predicate<JsonValue> test) {
    return (object, path) -> {
      JsonValue value = object.field(name);
      if (value == null) {
        return Problem.missing(path + name);
      }
      return test.test(value) ? null : Problem.invalid(path + name, expectation, value);
    };
  }

  /** A number in a range. */
  static Rule number(String name, int min, int max) {
    return optional(
        name,
        "expected a number between " + min + " and " + max,
        value -> value.number() >= min && value.number() <= max);
  }

  /** A whole number in a range. */
  static Rule integer(String name, long min, long max) {
    String expectation =
        max == Long.MAX_VALUE
            ? "expected a whole number, at least " + min
            : "expected a whole number between " + min + " and " + max;
    return optional(
        name,
        expectation,
        value -> {
          long whole = value.integer().orElse(Long.MIN_VALUE);
          return whole >= min && whole <= max;
        });
  }

  /** True or false. */
  static Rule flag(String name) {
    return optional(name, "expected true or false", is(JsonValue.Kind.BOOLEAN));
  }

  /** A string. */
  static Rule string(String name) {
    return optional(name, "expected a string", is(JsonValue.Kind.STRING));
  }

  /** A string that is not forwarded but kept: by log, journal and metrics. */
  static Rule name(String name) {
    return optional(
        name,
        "expected a string of at most " + MAX_NAME + " characters",
        value ->
            value.kind() == JsonValue.Kind.STRING
                && value.end() - value.start() <= MAX_NAME * LONGEST_CHARACTER
                && value.text().length() <= MAX_NAME);
  }

  /** An object. */
  static Rule object(String name) {
    return optional(name, "expected an object", is(JsonValue.Kind.OBJECT));
  }

  /** An array. */
  static Rule array(String name) {
    return optional(name, "expected an array", is(JsonValue.Kind.ARRAY));
  }

  /** Whether a value is of this kind. */
  static Predicate<JsonValue> is(JsonValue.Kind kind) {
    return value -> value.kind() == kind;
  }
}
