package com.langdock.reliability.gateway.exchange;

import com.langdock.reliability.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** The output format that the client requires. */
public sealed interface AnswerShape {
  /** Any text. */
  record Text() implements AnswerShape {}

  /**
   * A JSON object.
   *
   * @param path of the field that requests it
   */
  record AnyJson(String path) implements AnswerShape {}

  /**
   * JSON that matches a schema.
   *
   * @param path of the field that requests it
   * @param name of the schema; may be empty
   * @param description null if there is none
   */
  record JsonSchema(String path, String name, @Nullable String description, Field<JsonValue> schema)
      implements AnswerShape {}

  /**
   * An output format that only the client's format has.
   *
   * @param path of the field that sets the format
   */
  record Unknown(String path) implements AnswerShape {}
}
