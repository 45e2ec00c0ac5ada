package com.langdock.reliability.mock.fault;

import java.util.Locale;

/** An answer with an error status, in the provider's own error format. */
public enum Refusal implements Fault {
  /** 429, with Retry-After if the settings have one. */
  RATE_LIMIT,
  /** 500, or the 5xx of the settings. */
  SERVER_ERROR,
  /** 503 at OpenAI, 529 at Anthropic. */
  OVERLOADED,
  /** The quota is used up: 429 insufficient_quota at OpenAI, 402 at Anthropic. */
  QUOTA,
  /** 401. */
  AUTH,
  /** 403. */
  FORBIDDEN,
  /** 404 for the model. */
  MODEL_NOT_FOUND,
  /** 400: the prompt is too long. */
  CONTEXT_LENGTH,
  /** 400: the prompt violates the content policy. */
  CONTENT_POLICY,
  /** 400 without a special code. */
  BAD_REQUEST,
  /** 400 for a request that ends in an assistant turn; other requests are answered. */
  PREFILL_REFUSED,
  /** 409. */
  CONFLICT,
  /** 408. */
  REQUEST_TIMEOUT;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  @Override
  public String wireName() {
    return wireName;
  }
}
