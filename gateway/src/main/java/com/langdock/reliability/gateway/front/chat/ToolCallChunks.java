package com.langdock.reliability.gateway.front.chat;

import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.json.JsonText;
import org.jspecify.annotations.Nullable;

/** Writes the tool calls of one stream as deltas by index. */
final class ToolCallChunks {
  private final boolean legacy;
  private int begun;
  private boolean open;
  private boolean hasArguments;

  /** A writer of calls; {@code legacy} selects the deprecated {@code functions}. */
  ToolCallChunks(boolean legacy) {
    this.legacy = legacy;
  }

  /** The delta that begins a call; null in the legacy format for all but the first call. */
  @Nullable String open(Piece.Block.Call call) {
    begun++;
    open = true;
    hasArguments = !call.arguments().isEmpty();
    String function =
        "{\"name\":"
            + JsonText.quote(call.name())
            + ",\"arguments\":"
            + JsonText.quote(call.arguments())
            + "}";
    String named =
        ",\"id\":"
            + JsonText.quote(call.id())
            + ",\"type\":\"function\""
            + CallSignature.json(call.signature());
    return delta(named, function);
  }

  /** The delta for more arguments; null if no call is open. */
  @Nullable String arguments(String literal) {
    if (!open) {
      return null;
    }
    hasArguments = true;
    return delta("", "{\"arguments\":" + literal + "}");
  }

  /**
   * The delta that completes a call without arguments with an empty object; null if none is needed.
   */
  @Nullable String close() {
    boolean missing = open && !hasArguments;
    open = false;
    return missing ? delta("", "{\"arguments\":\"{}\"}") : null;
  }

  private @Nullable String delta(String named, String function) {
    if (legacy) {
      return begun == 1 ? "{\"function_call\":" + function + "}" : null;
    }
    int index = begun - 1;
    return "{\"tool_calls\":[{\"index\":" + index + named + ",\"function\":" + function + "}]}";
  }
}
