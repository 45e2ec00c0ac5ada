package com.langdock.reliability.gateway.provider.anthropic;

import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonText;
import com.langdock.reliability.json.JsonValue;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Translates the tool calls of one stream: blocks that never interleave, whose input comes in
 * pieces, into deltas by index.
 */
final class ToolBlocks {
  private final boolean legacy;
  private int begun;
  private boolean open;
  private boolean hasInput;

  /** Calls in the deprecated dialect of {@code functions} when {@code legacy}. */
  ToolBlocks(boolean legacy) {
    this.legacy = legacy;
  }

  /** Whether the stream has called a tool. */
  boolean any() {
    return begun > 0;
  }

  /** The finish reason in the client's dialect. */
  String finishReason(String reason) {
    return legacy && reason.equals("tool_calls") ? "function_call" : reason;
  }

  /** The delta for a block that begins; null in the old dialect, which has one call only. */
  @Nullable String start(@Nullable JsonValue block) {
    begun++;
    JsonValue input = JsonFields.object(block, "input");
    String whole = input == null || input.members().isEmpty() ? "" : input.raw();
    open = true;
    hasInput = !whole.isEmpty();
    String name = JsonText.quote(Objects.requireNonNullElse(JsonFields.text(block, "name"), ""));
    String id = JsonText.quote(Objects.requireNonNullElse(JsonFields.text(block, "id"), ""));
    String arguments = JsonText.quote(whole);
    String function = "{\"name\":" + name + ",\"arguments\":" + arguments + "}";
    return legacy ? legacy(function) : call(",\"id\":" + id + ",\"type\":\"function\"", function);
  }

  /** The delta for a piece of input, null when it is empty or a server tool's. */
  @Nullable String input(@Nullable JsonValue piece) {
    if (!open || piece == null || piece.text().isEmpty()) {
      return null;
    }
    hasInput = true;
    return arguments(piece.raw());
  }

  /** The delta that a block's end calls for: arguments are JSON even when there are none. */
  @Nullable String stop() {
    boolean missing = open && !hasInput;
    open = false;
    return missing ? arguments("\"{}\"") : null;
  }

  private @Nullable String arguments(String literal) {
    String function = "{\"arguments\":" + literal + "}";
    return legacy ? legacy(function) : call("", function);
  }

  private @Nullable String legacy(String function) {
    return begun == 1 ? "{\"function_call\":" + function + "}" : null;
  }

  private String call(String named, String function) {
    int index = begun - 1;
    return "{\"tool_calls\":[{\"index\":" + index + named + ",\"function\":" + function + "}]}";
  }
}
