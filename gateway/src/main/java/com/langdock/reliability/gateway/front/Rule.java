package com.langdock.reliability.gateway.front;

import com.langdock.reliability.json.JsonValue;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A condition on the fields of an object. */
@FunctionalInterface
public interface Rule {
  /** Maximum number of characters of a name. */
  int MAX_NAME = 256;

  /** Maximum number of bytes of a character in JSON, which is an escape. */
  int LONGEST_CHARACTER = 6;

  /** The field {@code model} must be the name of a model. */
  Rule MODEL =
      required(
          "model",
          "expected a name of at most " + MAX_NAME + " characters",
          value -> !value.text().isBlank() && value.text().length() <= MAX_NAME);

  /**
   * The first problem with {@code object}; null if there is none.
   *
   * @param path of the object, ending in a dot, or empty for the request itself
   */
  @Nullable Problem check(JsonValue object, String path);

  /** The first problem that the rules find, in their order; null if there is none. */
  static @Nullable Problem first(List<Rule> rules, JsonValue object, String path) {
    for (Rule rule : rules) {
      Problem problem = rule.check(object, path);
      if (problem != null) {
        return problem;
      }
    }
    return null;
  }

  /** If the field is present, it must satisfy {@code test}; null counts as missing. */
  static Rule optional(String name, String expectation, Predicate<JsonValue> test) {
    return (object, path) -> {
      JsonValue value = object.field(name);
      if (value == null || value.isNull() || test.test(value)) {
        return null;
      }
      return Problem.invalid(path + name, expectation, value);
    };
  }

  /** The field must be present and satisfy {@code test}. */
  static Rule required(String name, String expectation, Predicate<JsonValue> test) {
    return (object, path) -> {
      JsonValue value = object.field(name);
      if (value == null) {
        return Problem.missing(path + name);
      }
      return test.test(value) ? null : Problem.invalid(path + name, expectation, value);
    };
  }

  /** The field must be a number in a range. */
  static Rule number(String name, int min, int max) {
    return optional(
        name,
        "expected a number between " + min + " and " + max,
        value -> value.number() >= min && value.number() <= max);
  }

  /** The field must be a whole number in a range. */
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

  /** The field must be a boolean. */
  static Rule flag(String name) {
    return optional(name, "expected true or false", is(JsonValue.Kind.BOOLEAN));
  }

  /** The field must be a string. */
  static Rule string(String name) {
    return optional(name, "expected a string", is(JsonValue.Kind.STRING));
  }

  /** The field must be a string of limited length, since log, journal and metrics store it. */
  static Rule name(String name) {
    return optional(
        name,
        "expected a string of at most " + MAX_NAME + " characters",
        value ->
            value.kind() == JsonValue.Kind.STRING
                && value.end() - value.start() <= MAX_NAME * LONGEST_CHARACTER
                && value.text().length() <= MAX_NAME);
  }

  /** The field must be an object. */
  static Rule object(String name) {
    return optional(name, "expected an object", is(JsonValue.Kind.OBJECT));
  }

  /** The field must be an array. */
  static Rule array(String name) {
    return optional(name, "expected an array", is(JsonValue.Kind.ARRAY));
  }

  /** Whether a value is of this kind. */
  static Predicate<JsonValue> is(JsonValue.Kind kind) {
    return value -> value.kind() == kind;
  }
}
