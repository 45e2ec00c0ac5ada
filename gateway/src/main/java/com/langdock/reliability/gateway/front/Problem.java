package com.langdock.reliability.gateway.front;

import com.langdock.reliability.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Why a request is not valid.
 *
 * @param param the field at fault, such as {@code messages[2].role}; null when it is the whole body
 */
public record Problem(Code code, String message, @Nullable String param) {
  private static final int MAX_SHOWN = 64;

  /** The kind of problem. */
  public enum Code {
    /** The body is not a JSON object. */
    INVALID_JSON,
    /** A field that must be there is not. */
    MISSING_FIELD,
    /** A field has a value that it must not have. */
    INVALID_VALUE,
    /** The messages do not fit the model's context window. */
    CONTEXT_LENGTH_EXCEEDED,
    /** Nobody serves the model. */
    MODEL_NOT_FOUND,
    /** Nobody has the response that the request goes on from. */
    PREVIOUS_RESPONSE_NOT_FOUND
  }

  /** Nobody serves the model {@code name}, whose beginning is shown. */
  public static Problem modelNotFound(String name) {
    String shown = name.length() <= MAX_SHOWN ? name : name.substring(0, MAX_SHOWN) + "…";
    return new Problem(Code.MODEL_NOT_FOUND, "The model '" + shown + "' does not exist.", "model");
  }

  /** A field that must be there is not. */
  public static Problem missing(String param) {
    return new Problem(Code.MISSING_FIELD, "Missing required field: '" + param + "'.", param);
  }

  /** A field has another value than {@code expectation} says. */
  public static Problem invalid(String param, String expectation) {
    return new Problem(
        Code.INVALID_VALUE, "Invalid value for '" + param + "': " + expectation + ".", param);
  }

  /** The same, which also shows what the field has. */
  public static Problem invalid(String param, String expectation, JsonValue got) {
    return invalid(param, expectation + ", got " + shown(got));
  }

  /** What strings and containers hold is the client's own affair: only their kind is told. */
  private static String shown(JsonValue value) {
    return switch (value.kind()) {
      case STRING -> value.text().isEmpty() ? "an empty string" : "a string";
      case ARRAY -> value.size() == 0 ? "an empty array" : "an array";
      case OBJECT -> "an object";
      case NUMBER -> value.end() - value.start() <= MAX_SHOWN ? value.raw() : "a long number";
      case BOOLEAN, NULL -> value.raw();
    };
  }
}
