package com.langdock.reliability.gateway.provider.openai;

/** A part of the chat format that not every provider accepts. */
public enum Feature {
  /** {@code stream_options}. A provider without it reports its usage without being asked. */
  STREAM_OPTIONS,
  /** {@code reasoning_content} of earlier answers. */
  REASONING_CONTENT,
  /** {@code top_k}. */
  TOP_K,
  /** {@code cache_control} in parts of messages and in tools. */
  CACHE_CONTROL,
  /** A {@code tool_choice} of type {@code allowed_tools}. */
  ALLOWED_TOOLS,
  /** A {@code response_format} of type {@code json_schema}. */
  JSON_SCHEMA,
  /** {@code user}. */
  USER,
  /** Ids of tool calls of any length; otherwise exactly 9 letters and digits. */
  LONG_CALL_IDS,
  /** Google's signature in {@code extra_content} of tool calls. */
  THOUGHT_SIGNATURE
}
