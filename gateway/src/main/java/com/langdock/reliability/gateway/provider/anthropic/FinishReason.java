package com.langdock.reliability.gateway.provider.anthropic;

import org.jspecify.annotations.Nullable;

/** Translates why the model stopped. */
final class FinishReason {
  private FinishReason() {}

  /**
   * OpenAI's {@code finish_reason}.
   *
   * @param stopReason Anthropic's word; one that is new, or null, reads as a normal stop
   * @param calls whether the answer calls a tool
   */
  static String of(@Nullable String stopReason, boolean calls) {
    return switch (stopReason) {
      case "tool_use" -> "tool_calls";
      case "max_tokens", "model_context_window_exceeded" -> "length";
      case "refusal" -> "content_filter";
      case "end_turn", "stop_sequence", "pause_turn" -> "stop";
      case null, default -> calls ? "tool_calls" : "stop";
    };
  }
}
