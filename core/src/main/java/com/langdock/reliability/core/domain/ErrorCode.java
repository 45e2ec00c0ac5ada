package com.langdock.reliability.core.domain;

/** Why a request failed; the {@code code} of the error that the client receives. */
public enum ErrorCode {
  /** The provider failed. */
  PROVIDER_ERROR,
  /** No connection to the provider. */
  PROVIDER_UNREACHABLE,
  /** The provider rejected the gateway's credential. */
  PROVIDER_AUTH_FAILED,
  /**
   * The provider refused the call and named neither the request nor the credential as the cause.
   */
  PROVIDER_REFUSED,
  /** The provider's answer could not be understood. */
  MALFORMED_RESPONSE,
  /** No target may be tried now. */
  CIRCUIT_OPEN,
  /** The provider is too busy. */
  PROVIDER_OVERLOADED,
  /** Every target is rate limited. */
  RATE_LIMIT_EXCEEDED,
  /** The gateway's quota or balance at the provider is used up. */
  QUOTA_EXHAUSTED,
  /** The provider was silent for too long. */
  PROVIDER_TIMEOUT,
  /** The request's deadline has passed. */
  DEADLINE_EXCEEDED,
  /** No provider knows the model. */
  MODEL_NOT_FOUND,
  /** The request is longer than the model's context window. */
  CONTEXT_LENGTH_EXCEEDED,
  /** A provider's policy refuses the content. */
  CONTENT_POLICY_VIOLATION,
  /** The provider rejected the request; its message is passed on to the client. */
  REQUEST_REJECTED,
  /** The gateway itself is at fault. */
  INTERNAL_ERROR,
  /** The gateway's memory for requests and answers is used up. */
  GATEWAY_OVERLOADED,
  /** The gateway is stopping and the request did not finish in time. */
  GATEWAY_STOPPING,
  /** The client's key is not valid any more. */
  INVALID_API_KEY,
  /** What the client may use in a day, a month or in all is used up. */
  INSUFFICIENT_QUOTA,
  /** The client closed its connection. */
  CLIENT_GONE
}
