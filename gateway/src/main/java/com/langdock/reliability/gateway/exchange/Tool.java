package com.langdock.reliability.gateway.exchange;

import com.langdock.reliability.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** A tool that the client offers to the model. */
public sealed interface Tool {
  /**
   * A function that the client runs.
   *
   * @param description null if there is none
   * @param parameters a JSON schema; null if the function has no parameters
   * @param strict whether calls must match the schema, null if the client did not set it
   * @param cacheMark the prompt cache breakpoint after the tool; null if none
   */
  record Function(
      String name,
      @Nullable String description,
      @Nullable Field<JsonValue> parameters,
      @Nullable Field<Boolean> strict,
      @Nullable CacheMark cacheMark)
      implements Tool {}

  /**
   * A tool of a kind that only the client's format has.
   *
   * @param name empty if it has none
   * @param path of the field that sets the kind
   */
  record Unknown(String name, String path) implements Tool {}
}
