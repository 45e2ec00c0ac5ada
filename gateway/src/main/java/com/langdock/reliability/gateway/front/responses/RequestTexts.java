package com.langdock.reliability.gateway.front.responses;

import com.langdock.reliability.gateway.front.tokens.PromptTexts;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import java.util.List;

/** Finds the parts of a request that count as tokens. Images and files are not counted. */
final class RequestTexts {
  private static final List<String> FIELDS =
      List.of("content", "arguments", "input", "output", "name", "summary");

  private RequestTexts() {}

  /** The texts of the request {@code root}. */
  static PromptTexts of(JsonValue root) {
    PromptTexts texts = new PromptTexts();
    texts.addText(JsonFields.value(root, "instructions"));
    texts.addText(JsonFields.value(root, "input"));
    for (JsonValue item : JsonFields.array(root, "input")) {
      addItem(item, texts);
    }
    texts.addJson(JsonFields.value(root, "tools"));
    return texts;
  }

  private static void addItem(JsonValue item, PromptTexts texts) {
    for (String field : FIELDS) {
      texts.addText(JsonFields.value(item, field));
      for (JsonValue part : JsonFields.array(item, field)) {
        texts.addText(JsonFields.value(part, "text"));
      }
    }
    texts.addJson(JsonFields.value(item, "tools"));
  }
}
