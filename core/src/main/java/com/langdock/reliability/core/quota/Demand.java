package com.langdock.reliability.core.quota;

/**
 * What a request is expected to take, besides one request and one slot.
 *
 * @param outputTokens of all its answers together
 * @param nanodollars at the dearest target that may answer
 */
public record Demand(long inputTokens, long outputTokens, long nanodollars) {
  /** Nothing known. */
  public static final Demand NONE = new Demand(0, 0, 0);

  /** Input and output. */
  public long tokens() {
    return inputTokens + outputTokens;
  }
}
