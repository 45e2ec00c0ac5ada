package com.langdock.reliability.gateway.front.chat;

import com.langdock.reliability.gateway.front.tokens.PromptTexts;
import com.langdock.reliability.json.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the parts of a request that count as tokens: message texts, tool calls and tool
 * definitions.
 */
final class Texts {
  private Texts() {}

  /** The texts of a valid request. */
  static PromptTexts of(JsonValue request) {
    PromptTexts texts = new PromptTexts();
    elements(request.field("messages")).forEach(message -> add(message, texts));
    texts.addJson(request.field("tools"));
    return texts;
  }

  private static void add(JsonValue message, PromptTexts texts) {
    texts.addText(message.field("content"));
    elements(message.field("content")).forEach(part -> texts.addText(part.field("text")));
    for (JsonValue call : elements(message.field("tool_calls"))) {
      JsonValue function = call.field("function");
      if (function != null) {
        texts.addText(function.field("name"));
        texts.addText(function.field("arguments"));
      }
    }
  }

  private static List<JsonValue> elements(@Nullable JsonValue value) {
    return value == null ? List.of() : value.elements();
  }
}
