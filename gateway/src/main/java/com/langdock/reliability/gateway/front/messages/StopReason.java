package com.langdock.reliability.gateway.front.messages;

import com.langdock.reliability.gateway.exchange.FinishReason;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.json.JsonText;

/** Says why a message stopped. */
final class StopReason {
  private static final String REFUSAL = "refusal";

  private StopReason() {}

  /** The fields about the stop, without braces. */
  static String fields(Piece.Finished finished) {
    String reason = finished.refusal() == null ? name(finished.reason()) : REFUSAL;
    String details =
        reason.equals(REFUSAL)
            ? ",\"stop_details\":{\"type\":\"refusal\",\"category\":null,\"explanation\":null}"
            : "";
    return "\"stop_reason\":" + JsonText.quote(reason) + ",\"stop_sequence\":null" + details;
  }

  private static String name(FinishReason reason) {
    return switch (reason) {
      case STOP -> "end_turn";
      case LENGTH -> "max_tokens";
      case TOOL_CALLS -> "tool_use";
      case CONTENT_FILTER -> REFUSAL;
    };
  }
}
