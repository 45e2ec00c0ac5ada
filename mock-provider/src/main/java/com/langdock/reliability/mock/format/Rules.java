package com.langdock.reliability.mock.format;

import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Makes rules. A field is named by its JSON pointer; one that is absent or null breaks no rule. The
 * last argument makes the provider's error.
 */
public final class Rules {
  private Rules() {}

  /** The object of the pointer, {@code ""} for the whole body, has only these fields. */
  public static Rule onlyFields(
      String pointer, Set<String> fields, Function<String, InvalidRequest> problem) {
    return (request, body) -> {
      for (String name : body.at(pointer).propertyNames()) {
        if (!fields.contains(name)) {
          throw problem.apply(name);
        }
      }
    };
  }

  /** The field is a number in the range, its ends included. */
  public static Rule range(
      String pointer, double least, double most, Supplier<InvalidRequest> problem) {
    return field(
        pointer,
        value -> value.isNumber() && value.doubleValue() >= least && value.doubleValue() <= most,
        value -> problem.get());
  }

  /** The field is one of these words. */
  public static Rule oneOf(
      String pointer, Set<String> words, Function<String, InvalidRequest> problem) {
    return field(
        pointer,
        value -> words.contains(value.stringValue("")),
        value -> problem.apply(value.asString("")));
  }

  /** The field, if it is a list, has at most so many elements. */
  public static Rule atMost(String pointer, int most, Supplier<InvalidRequest> problem) {
    return field(
        pointer, value -> !value.isArray() || value.size() <= most, value -> problem.get());
  }

  /** In each element of the list the field matches the pattern. */
  public static Rule eachMatches(
      String list, String pointer, Pattern pattern, Function<Integer, InvalidRequest> problem) {
    return (request, body) -> {
      int index = 0;
      for (JsonNode element : body.at(list)) {
        JsonNode value = element.at(pointer);
        if (value.isString() && !pattern.matcher(value.stringValue()).matches()) {
          throw problem.apply(index);
        }
        index++;
      }
    };
  }

  /** The body is not like this. */
  public static Rule never(Predicate<JsonNode> wrong, Supplier<InvalidRequest> problem) {
    return (request, body) -> {
      if (wrong.test(body)) {
        throw problem.get();
      }
    };
  }

  private static Rule field(
      String pointer, Predicate<JsonNode> right, Function<JsonNode, InvalidRequest> problem) {
    return (request, body) -> {
      JsonNode value = body.at(pointer);
      if (!value.isMissingNode() && !value.isNull() && !right.test(value)) {
        throw problem.apply(value);
      }
    };
  }
}
