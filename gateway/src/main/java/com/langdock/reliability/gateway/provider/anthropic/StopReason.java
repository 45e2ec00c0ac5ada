package com.langdock.reliability.gateway.provider.anthropic;

import com.langdock.reliability.gateway.exchange.FinishReason;
import org.jspecify.annotations.Nullable;

/** Reads why the model stopped. */
final class StopReason {
  private StopReason() {}

  /**
   * The reason that {@code stopReason} means.
   *
   * @param stopReason Anthropic's word; one that is new, or null, reads as a normal stop
   * @param calls whether the answer calls a tool
   */
  static FinishReason of(@Nullable String stopReason, boolean calls) {
    return switch (stopReason) {
      case "tool_use" -> FinishReason.TOOL_CALLS;
      case "max_tokens", "model_context_window_exceeded" -> FinishReason.LENGTH;
      case "refusal" -> FinishReason.CONTENT_FILTER;
      case "end_turn", "stop_sequence", "pause_turn" -> FinishReason.STOP;
      case null, default -> calls ? FinishReason.TOOL_CALLS : FinishReason.STOP;
    };
  }
}
