package com.langdock.reliability.gateway.exchange;

/** Why a model stopped. */
public enum FinishReason {
  /** It was done, or met a stop sequence. */
  STOP,
  /** The limit of the answer's length, or the context window. */
  LENGTH,
  /** It called tools and waits for their results. */
  TOOL_CALLS,
  /** A content policy. */
  CONTENT_FILTER
}
