package com.langdock.reliability.gateway.provider;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of error that a provider's message, {@code code} or {@code type} can identify.
 *
 * <p>Only codes that are more specific than the HTTP status are listed. {@code server_error} is
 * not, because OpenAI sends it with a 503 too.
 */
enum ErrorKind {
  CONTEXT_LENGTH,
  CONTENT_POLICY,
  QUOTA,
  CREDENTIAL,
  MODEL,
  PREFILL,
  RATE_LIMIT,
  OVERLOADED;

  private static final Map<String, ErrorKind> BY_NAME =
      Map.ofEntries(
          Map.entry("context_length_exceeded", CONTEXT_LENGTH),
          // llama.cpp, Cohere
          Map.entry("exceed_context_size_error", CONTEXT_LENGTH),
          Map.entry("too_many_tokens", CONTEXT_LENGTH),
          // Azure
          Map.entry("content_filter", CONTENT_POLICY),
          Map.entry("responsibleaipolicyviolation", CONTENT_POLICY),
          // OpenAI
          Map.entry("content_policy_violation", CONTENT_POLICY),
          Map.entry("invalid_prompt", CONTENT_POLICY),
          Map.entry("bio_policy", CONTENT_POLICY),
          Map.entry("usage_limit_reached", QUOTA),
          Map.entry("usage_not_included", QUOTA),
          Map.entry("insufficient_quota", QUOTA),
          Map.entry("credit_balance_exhausted", QUOTA),
          Map.entry("billing_not_active", QUOTA),
          Map.entry("organization_spend_limit_exceeded", QUOTA),
          Map.entry("project_spend_limit_exceeded", QUOTA),
          Map.entry("organization_usage_limit_exceeded", QUOTA),
          // Moonshot, Together, Alibaba, Groq
          Map.entry("exceeded_current_quota_error", QUOTA),
          Map.entry("credit_limit", QUOTA),
          Map.entry("arrearage", QUOTA),
          Map.entry("blocked_api_access", QUOTA),
          // Anthropic
          Map.entry("billing_error", QUOTA),
          Map.entry("enforced_spend_limit_reached", QUOTA),
          Map.entry("contract_spend_limit_reached", QUOTA),
          Map.entry("authentication_error", CREDENTIAL),
          Map.entry("permission_error", CREDENTIAL),
          // OpenAI, Perplexity (as a type), Google (as a reason, with a 400)
          Map.entry("invalid_api_key", CREDENTIAL),
          Map.entry("api_key_invalid", CREDENTIAL),
          // Google, xAI; OpenAI (type and code of a 403); Groq; GitHub Models; Alibaba; Moonshot
          Map.entry("permission_denied", CREDENTIAL),
          Map.entry("permission-denied", CREDENTIAL),
          Map.entry("unauthenticated", CREDENTIAL),
          Map.entry("request_forbidden", CREDENTIAL),
          Map.entry("unsupported_country_region_territory", CREDENTIAL),
          Map.entry("organization_restricted", CREDENTIAL),
          Map.entry("account_deactivated", CREDENTIAL),
          Map.entry("no_access", CREDENTIAL),
          Map.entry("accessdenied.unpurchased", CREDENTIAL),
          Map.entry("invalid_authentication_error", CREDENTIAL),
          // AWS
          Map.entry("accessdeniedexception", CREDENTIAL),
          Map.entry("expiredtokenexception", CREDENTIAL),
          Map.entry("invalidsignatureexception", CREDENTIAL),
          Map.entry("unrecognizedclientexception", CREDENTIAL),
          Map.entry("resourcenotfoundexception", MODEL),
          Map.entry("servicequotaexceededexception", QUOTA),
          Map.entry("modelnotreadyexception", RATE_LIMIT),
          Map.entry("throttlingexception", RATE_LIMIT),
          Map.entry("serviceunavailableexception", OVERLOADED),
          // OpenAI, Azure, Together, Anthropic, vLLM
          Map.entry("model_not_found", MODEL),
          Map.entry("deploymentnotfound", MODEL),
          Map.entry("model_not_available", MODEL),
          Map.entry("not_found_error", MODEL),
          Map.entry("notfounderror", MODEL),
          Map.entry("model_decommissioned", MODEL), // Groq
          // OpenAI and Groq (there with a 413 too), Azure, Anthropic, Mistral
          Map.entry("rate_limit_exceeded", RATE_LIMIT),
          Map.entry("slow_down", RATE_LIMIT),
          Map.entry("ratelimitreached", RATE_LIMIT),
          Map.entry("rate_limit_error", RATE_LIMIT),
          Map.entry("rate_limited", RATE_LIMIT),
          Map.entry("resource_exhausted", RATE_LIMIT), // Google
          // Anthropic, OpenAI, Moonshot
          Map.entry("engine_overloaded_error", OVERLOADED),
          Map.entry("overloaded_error", OVERLOADED),
          Map.entry("server_is_overloaded", OVERLOADED),
          Map.entry("service_unavailable_error", OVERLOADED));

  /** The kind for {@code code}, else for {@code type}; null if both are unknown. */
  static @Nullable ErrorKind of(@Nullable String code, @Nullable String type) {
    ErrorKind byCode = lookUp(code);
    return byCode == null ? lookUp(type) : byCode;
  }

  private static @Nullable ErrorKind lookUp(@Nullable String name) {
    return name == null ? null : BY_NAME.get(name.toLowerCase(Locale.ROOT));
  }
}
