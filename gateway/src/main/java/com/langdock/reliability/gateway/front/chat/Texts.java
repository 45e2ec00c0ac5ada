package com.langdock.reliability.gateway.front.chat;

import com.langdock.reliability.json.JsonValue;
import com.langdock.reliability.json.JsonValue.Kind;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The strings of a request that count as tokens: message texts, tool calls and tool definitions.
 */
final class Texts {
  private final List<JsonValue> values = new ArrayList<>();

  private Texts() {}

  /** The texts of a valid request. */
  static Texts of(JsonValue request) {
    Texts texts = new Texts();
    elements(request.field("messages")).forEach(texts::addMessage);
    JsonValue tools = request.field("tools");
    if (tools != null) {
      texts.values.add(tools);
    }
    return texts;
  }

  /** Their encoded length in bytes: at least the number of their tokens. */
  long bytes() {
    long bytes = 0;
    for (JsonValue value : values) {
      bytes += value.end() - value.start();
    }
    return bytes;
  }

  /** The decoded texts. Each is decoded when the iterator reaches it. */
  Iterator<String> decoded() {
    return values.stream()
        .map(value -> value.kind() == Kind.STRING ? value.text() : value.raw())
        .iterator();
  }

  private void addMessage(JsonValue message) {
    add(message.field("content"));
    elements(message.field("content")).forEach(part -> add(part.field("text")));
    for (JsonValue call : elements(message.field("tool_calls"))) {
      JsonValue function = call.field("function");
      if (function != null) {
        add(function.field("name"));
        add(function.field("arguments"));
      }
    }
  }

  private void add(@Nullable JsonValue value) {
    if (value != null && value.kind() == Kind.STRING) {
      values.add(value);
    }
  }

  private static List<JsonValue> elements(@Nullable JsonValue value) {
    return value == null ? List.of() : value.elements();
  }
}
