package com.langdock.reliability.gateway.config;

import java.util.Locale;

/** A part of the chat format that some providers accept and others reject. */
public enum Quirk {
  /** {@code stream_options}; a provider without it reports its usage without being asked. */
  STREAM_OPTIONS(true),
  /** {@code reasoning_content} of earlier answers. */
  REASONING_CONTENT(false),
  /** {@code top_k}. */
  TOP_K(false),
  /** {@code cache_control}, in the dialect of OpenRouter. */
  CACHE_CONTROL(false),
  /** A {@code tool_choice} that allows some of the tools. */
  ALLOWED_TOOLS(false),
  /** A {@code response_format} with a schema. */
  JSON_SCHEMA(true),
  /** {@code user}. */
  USER(true),
  /** Ids of tool calls that are not 9 letters and digits. */
  LONG_CALL_IDS(true),
  /** Google's {@code thought_signature} in tool calls. */
  THOUGHT_SIGNATURE(false);

  private final boolean usual;

  Quirk(boolean usual) {
    this.usual = usual;
  }

  /** Its name in a configuration. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether a provider accepts it about which nothing is known. */
  boolean isUsual() {
    return usual;
  }
}
