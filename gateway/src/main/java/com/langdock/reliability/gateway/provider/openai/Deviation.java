package com.langdock.reliability.gateway.provider.openai;

import java.util.List;

/**
 * What a provider does not accept that others do, or wants otherwise. Such a request is {@linkplain
 * RequestRepairs repaired}, whichever client it is from.
 */
public enum Deviation {
  /** {@code user} is dropped. */
  USER("user"),
  /** {@code logit_bias} is dropped. */
  LOGIT_BIAS("logit_bias"),
  /** {@code seed} is dropped. */
  SEED("seed"),
  /** {@code frequency_penalty} is dropped. */
  FREQUENCY_PENALTY("frequency_penalty"),
  /** {@code presence_penalty} is dropped. */
  PRESENCE_PENALTY("presence_penalty"),
  /** {@code stop} is dropped. */
  STOP("stop"),
  /** {@code service_tier} is dropped. */
  SERVICE_TIER("service_tier"),
  /** {@code store} is dropped. */
  STORE("store"),
  /** {@code metadata} is dropped. */
  METADATA("metadata"),
  /** {@code verbosity} is dropped. */
  VERBOSITY("verbosity"),
  /** {@code prediction} is dropped. */
  PREDICTION("prediction"),
  /** {@code prompt_cache_key} is dropped. */
  PROMPT_CACHE_KEY("prompt_cache_key"),
  /** The options of prompt caches are dropped. */
  PROMPT_CACHE_OPTIONS("prompt_cache_options", "prompt_cache_retention"),
  /** {@code safety_identifier} is dropped. */
  SAFETY_IDENTIFIER("safety_identifier"),
  /** {@code parallel_tool_calls} is dropped. */
  PARALLEL_TOOL_CALLS("parallel_tool_calls"),
  /** {@code strict} of tools is dropped. */
  STRICT_TOOLS,

  /** A request for several choices cannot be sent. */
  N("n"),
  /** A request for log probabilities cannot be sent. */
  LOGPROBS("logprobs", "top_logprobs"),
  /** A request for speech cannot be sent. */
  AUDIO("modalities", "audio"),
  /** A request for a web search cannot be sent. */
  WEB_SEARCH("web_search_options"),
  /** A request for an answer that follows a schema cannot be sent. */
  JSON_SCHEMA,
  /** A request with tools cannot be sent. */
  TOOLS,
  /** A request for a call of a tool cannot be sent. */
  FORCED_TOOL,

  /** {@code max_completion_tokens} is sent as {@code max_tokens}. */
  MAX_COMPLETION_TOKENS,
  /** {@code seed} is sent as {@code random_seed}. */
  RANDOM_SEED,
  /** The role {@code developer} is sent as {@code system}. */
  DEVELOPER_ROLE,
  /** {@code name} of messages is dropped. */
  MESSAGE_NAMES,
  /** Fields of earlier answers that the format does not require are dropped. */
  FOREIGN_FIELDS,
  /** Ids of tool calls are replaced by ones of 9 letters and digits. */
  LONG_CALL_IDS,
  /** A message of the model is put between the results of tools and a message of the user. */
  USER_AFTER_TOOL,
  /** A last message of the model is marked as the beginning of the answer. */
  PREFIX;

  /** Separated by spaces. */
  private final String fields;

  Deviation(String... fields) {
    this.fields = String.join(" ", fields);
  }

  /** The fields of a request that are never sent. */
  List<String> fields() {
    return fields.isEmpty() ? List.of() : List.of(fields.split(" ", -1));
  }
}
