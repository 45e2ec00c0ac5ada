package com.langdock.reliability.gateway.exchange;

/** Why a model stopped. */
public enum FinishReason {
  /** It was done, or it reached a stop sequence. */
  STOP,
  /** It reached the token limit or the end of the context window. */
  LENGTH,
  /** It called tools and waits for their results. */
  TOOL_CALLS,
  /** A content policy stopped it. */
  CONTENT_FILTER
}
