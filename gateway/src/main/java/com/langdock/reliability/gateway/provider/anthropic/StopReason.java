package com.langdock.reliability.gateway.provider.anthropic;

import com.langdock.reliability.gateway.exchange.FinishReason;
import org.jspecify.annotations.Nullable;

/** Converts Anthropic's stop reasons. */
final class StopReason {
  private StopReason() {}

  /**
   * The finish reason for {@code stopReason}.
   *
   * @param stopReason Anthropic's stop reason; an unknown one, or null, is a normal stop
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
