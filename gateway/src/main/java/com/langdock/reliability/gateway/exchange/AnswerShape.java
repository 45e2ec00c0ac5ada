package com.langdock.reliability.gateway.exchange;

import com.langdock.reliability.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** The form that the answer must have. */
public sealed interface AnswerShape {
  /** Any text. */
  record Text() implements AnswerShape {}

  /**
   * A JSON object.
   *
   * @param path of the field that asks for it
   */
  record AnyJson(String path) implements AnswerShape {}

  /**
   * JSON that matches a schema.
   *
   * @param path of the field that asks for it
   * @param name of the schema, may be empty
   * @param description null when there is none
   */
  record JsonSchema(String path, String name, @Nullable String description, Field<JsonValue> schema)
      implements AnswerShape {}

  /**
   * A form that only the client's format has.
   *
   * @param path of the field that tells the form
   */
  record Unknown(String path) implements AnswerShape {}
}
