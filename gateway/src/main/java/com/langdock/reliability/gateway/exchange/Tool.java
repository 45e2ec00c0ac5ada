package com.langdock.reliability.gateway.exchange;

import com.langdock.reliability.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** A tool that the client offers to the model. */
public sealed interface Tool {
  /**
   * A function that the client runs.
   *
   * @param description null when there is none
   * @param parameters a JSON schema, null for a function without
   * @param strict whether calls must match the schema, null when the client does not tell
   * @param cacheMark the breakpoint of the prompt cache after the tool, null for none
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
   * @param path of the field that tells the kind
   */
  record Unknown(String path) implements Tool {}
}
