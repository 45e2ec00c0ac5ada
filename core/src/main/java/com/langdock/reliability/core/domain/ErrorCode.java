package com.langdock.reliability.core.domain;

/** Why a request as a whole failed, in the words the client's error carries as {@code code}. */
public enum ErrorCode {
  /** The provider failed. */
  PROVIDER_ERROR,
  /** No connection to the provider. */
  PROVIDER_UNREACHABLE,
  /** The provider does not take the gateway's credential. */
  PROVIDER_AUTH_FAILED,
  /** The provider refused the call without saying that request or credential is at fault. */
  PROVIDER_REFUSED,
  /** The provider's answer could not be understood. */
  MALFORMED_RESPONSE,
  /** Nothing may be tried now. */
  CIRCUIT_OPEN,
  /** The provider is too busy. */
  PROVIDER_OVERLOADED,
  /** Every target is rate limited. */
  RATE_LIMIT_EXCEEDED,
  /** The gateway's quota or balance at the provider is used up. */
  QUOTA_EXHAUSTED,
  /** The provider was silent for too long. */
  PROVIDER_TIMEOUT,
  /** The request's time is up. */
  DEADLINE_EXCEEDED,
  /** No provider knows the model. */
  MODEL_NOT_FOUND,
  /** The request is longer than the model's context window. */
  CONTEXT_LENGTH_EXCEEDED,
  /** A provider's policy refuses the content. */
  CONTENT_POLICY_VIOLATION,
  /** The request is at fault; the client is told what the provider said. */
  REQUEST_REJECTED,
  /** The gateway itself is at fault. */
  INTERNAL_ERROR,
  /** The gateway holds as much of other requests and answers as it may. */
  GATEWAY_OVERLOADED,
  /** The gateway stops, and the request was not done in the time that this leaves. */
  GATEWAY_STOPPING,
  /** Nobody is left to tell. */
  CLIENT_GONE
}
