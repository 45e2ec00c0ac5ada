package com.langdock.reliability.gateway.provider.gemini;

import com.langdock.reliability.gateway.exchange.FinishReason;
import java.util.Set;

/** Converts Gemini's finish reasons, of which new ones appear without notice. */
final class Finish {
  private static final Set<String> FILTERED =
      Set.of(
          "SAFETY",
          "RECITATION",
          "LANGUAGE",
          "BLOCKLIST",
          "PROHIBITED_CONTENT",
          "SPII",
          "MODEL_ARMOR",
          "IMAGE_SAFETY",
          "IMAGE_PROHIBITED_CONTENT",
          "IMAGE_RECITATION");

  private static final Set<String> MALFORMED =
      Set.of(
          "MALFORMED_FUNCTION_CALL",
          "UNEXPECTED_TOOL_CALL",
          "TOO_MANY_TOOL_CALLS",
          "MALFORMED_RESPONSE");

  private Finish() {}

  /**
   * The finish reason for {@code reason}; an unknown one is a normal stop. Gemini has no reason of
   * its own for calls.
   *
   * @param calls whether the answer calls a function
   */
  static FinishReason of(String reason, boolean calls) {
    if (reason.equals("MAX_TOKENS")) {
      return FinishReason.LENGTH;
    }
    if (FILTERED.contains(reason)) {
      return FinishReason.CONTENT_FILTER;
    }
    return calls ? FinishReason.TOOL_CALLS : FinishReason.STOP;
  }

  /** Whether the model wrote something that is no valid answer, such as an unknown function. */
  static boolean isMalformed(String reason) {
    return MALFORMED.contains(reason);
  }
}
