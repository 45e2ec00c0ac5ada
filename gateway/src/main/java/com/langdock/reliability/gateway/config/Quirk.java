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
  /** Google's {@code thought_signature} in tool calls. */
  THOUGHT_SIGNATURE(false),

  /** {@code user}. */
  USER(true),
  /** {@code logit_bias}. */
  LOGIT_BIAS(true),
  /** {@code seed}. */
  SEED(true),
  /** {@code frequency_penalty}. */
  FREQUENCY_PENALTY(true),
  /** {@code presence_penalty}. */
  PRESENCE_PENALTY(true),
  /** {@code stop}. */
  STOP(true),
  /** {@code service_tier}. */
  SERVICE_TIER(true),
  /** {@code store}. */
  STORE(true),
  /** {@code metadata}. */
  METADATA(true),
  /** {@code verbosity}. */
  VERBOSITY(true),
  /** {@code prediction}. */
  PREDICTION(true),
  /** {@code prompt_cache_key}. */
  PROMPT_CACHE_KEY(true),
  /** {@code prompt_cache_options} and {@code prompt_cache_retention}. */
  PROMPT_CACHE_OPTIONS(true),
  /** {@code safety_identifier}. */
  SAFETY_IDENTIFIER(true),
  /** {@code parallel_tool_calls}. */
  PARALLEL_TOOL_CALLS(true),
  /** {@code strict} of tools. */
  STRICT_TOOLS(true),

  /** {@code n} above 1. */
  N(true),
  /** {@code logprobs}. */
  LOGPROBS(true),
  /** Answers in {@code audio}. */
  AUDIO(true),
  /** {@code web_search_options}. */
  WEB_SEARCH(true),
  /** A {@code response_format} with a schema. */
  JSON_SCHEMA(true),
  /** {@code tools}. */
  TOOLS(true),
  /** A {@code tool_choice} that makes the model call a tool. */
  FORCED_TOOL(true),

  /** {@code max_completion_tokens}, which otherwise is sent as {@code max_tokens}. */
  MAX_COMPLETION_TOKENS(true),
  /** {@code seed} under the name of {@code random_seed}. */
  RANDOM_SEED(false),
  /** The role {@code developer}, which otherwise is sent as {@code system}. */
  DEVELOPER_ROLE(true),
  /** {@code name} of messages. */
  MESSAGE_NAMES(true),
  /** Fields of other providers in earlier answers. */
  FOREIGN_FIELDS(true),
  /** Ids of tool calls that are not 9 letters and digits. */
  LONG_CALL_IDS(true),
  /** A message of the user after the results of tools. */
  USER_AFTER_TOOL(true),
  /** {@code prefix} at a last message of the model that it is to go on from. */
  PREFIX(false);

  private final boolean usual;

  Quirk(boolean usual) {
    this.usual = usual;
  }

  /** Its name in a configuration. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether a provider accepts it about which nothing is known. */
  public boolean isUsual() {
    return usual;
  }
}
