package com.langdock.reliability.gateway.provider.error;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The words by which providers name a failure in an error's {@code code} or {@code type}.
 *
 * <p>Only words that say more than the HTTP status are listed: {@code server_error} is not, because
 * OpenAI sends it with a 503 too.
 */
enum ErrorWord {
  CONTEXT_LENGTH,
  CONTENT_POLICY,
  QUOTA,
  CREDENTIAL,
  MODEL,
  RATE_LIMIT,
  OVERLOADED;

  private static final Map<String, ErrorWord> WORDS =
      Map.ofEntries(
          Map.entry("context_length_exceeded", CONTEXT_LENGTH),
          // Azure
          Map.entry("content_filter", CONTENT_POLICY),
          Map.entry("responsibleaipolicyviolation", CONTENT_POLICY),
          // OpenAI
          Map.entry("content_policy_violation", CONTENT_POLICY),
          Map.entry("insufficient_quota", QUOTA),
          Map.entry("credit_balance_exhausted", QUOTA),
          Map.entry("organization_spend_limit_exceeded", QUOTA),
          Map.entry("project_spend_limit_exceeded", QUOTA),
          Map.entry("organization_usage_limit_exceeded", QUOTA),
          // Anthropic
          Map.entry("billing_error", QUOTA),
          Map.entry("enforced_spend_limit_reached", QUOTA),
          Map.entry("contract_spend_limit_reached", QUOTA),
          Map.entry("authentication_error", CREDENTIAL),
          Map.entry("permission_error", CREDENTIAL),
          // OpenAI, Perplexity (as a type), Google (as a reason, with a 400)
          Map.entry("invalid_api_key", CREDENTIAL),
          Map.entry("api_key_invalid", CREDENTIAL),
          // OpenAI, Azure, Together, Anthropic, vLLM
          Map.entry("model_not_found", MODEL),
          Map.entry("deploymentnotfound", MODEL),
          Map.entry("model_not_available", MODEL),
          Map.entry("not_found_error", MODEL),
          Map.entry("notfounderror", MODEL),
          // OpenAI and Groq (there with a 413 too), Azure, Anthropic, Mistral
          Map.entry("rate_limit_exceeded", RATE_LIMIT),
          Map.entry("slow_down", RATE_LIMIT),
          Map.entry("ratelimitreached", RATE_LIMIT),
          Map.entry("rate_limit_error", RATE_LIMIT),
          Map.entry("rate_limited", RATE_LIMIT),
          // Anthropic, OpenAI
          Map.entry("overloaded_error", OVERLOADED),
          Map.entry("server_is_overloaded", OVERLOADED),
          Map.entry("service_unavailable_error", OVERLOADED));

  /** What {@code code}, or else {@code type}, says; null when neither says anything. */
  static @Nullable ErrorWord of(@Nullable String code, @Nullable String type) {
    ErrorWord byCode = lookUp(code);
    return byCode == null ? lookUp(type) : byCode;
  }

  private static @Nullable ErrorWord lookUp(@Nullable String word) {
    return word == null ? null : WORDS.get(word.toLowerCase(Locale.ROOT));
  }
}
