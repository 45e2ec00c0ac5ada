package com.langdock.reliability.gateway.front.chat;

import com.langdock.reliability.gateway.exchange.FinishReason;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;

/** Names that differ between the chat format and its deprecated {@code functions}. */
final class ChatNames {
  private ChatNames() {}

  /** Whether the request {@code root} uses {@code functions} instead of tools. */
  static boolean isLegacy(JsonValue root) {
    return JsonFields.array(root, "tools").isEmpty()
        && !JsonFields.array(root, "functions").isEmpty();
  }

  /** The {@code finish_reason} for {@code reason}. */
  static String of(FinishReason reason, boolean legacy) {
    return switch (reason) {
      case STOP -> "stop";
      case LENGTH -> "length";
      case TOOL_CALLS -> legacy ? "function_call" : "tool_calls";
      case CONTENT_FILTER -> "content_filter";
    };
  }
}
