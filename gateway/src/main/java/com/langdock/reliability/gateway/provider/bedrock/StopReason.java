package com.langdock.reliability.gateway.provider.bedrock;

import com.langdock.reliability.gateway.exchange.FinishReason;
import org.jspecify.annotations.Nullable;

/** Converts Bedrock's stop reasons. */
final class StopReason {
  private StopReason() {}

  /**
   * The finish reason for {@code reason}.
   *
   * @param reason Bedrock's stop reason; an unknown one, or null, is a normal stop
   * @param calls whether the answer calls a tool
   */
  static FinishReason of(@Nullable String reason, boolean calls) {
    return switch (reason) {
      case "tool_use" -> FinishReason.TOOL_CALLS;
      case "max_tokens", "model_context_window_exceeded" -> FinishReason.LENGTH;
      case "content_filtered", "guardrail_intervened" -> FinishReason.CONTENT_FILTER;
      case "end_turn", "stop_sequence" -> FinishReason.STOP;
      case null, default -> calls ? FinishReason.TOOL_CALLS : FinishReason.STOP;
    };
  }

  /** Whether the model wrote something that is no valid answer. */
  static boolean isMalformed(@Nullable String reason) {
    return "malformed_model_output".equals(reason) || "malformed_tool_use".equals(reason);
  }
}
