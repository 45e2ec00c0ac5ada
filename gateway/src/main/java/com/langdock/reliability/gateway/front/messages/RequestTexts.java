package com.langdock.reliability.gateway.front.messages;

import com.langdock.reliability.gateway.front.tokens.PromptTexts;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import java.util.List;

/** Finds the parts of a request that count as tokens. Images and files are not counted. */
final class RequestTexts {
  private RequestTexts() {}

  /** The texts of the request {@code root}. */
  static PromptTexts of(JsonValue root) {
    PromptTexts texts = new PromptTexts();
    addContent(root, "system", texts);
    JsonFields.array(root, "messages").forEach(message -> addContent(message, "content", texts));
    texts.addJson(JsonFields.value(root, "tools"));
    return texts;
  }

  /** Adds a text or blocks; a result has blocks of its own. */
  private static void addContent(JsonValue holder, String field, PromptTexts texts) {
    texts.addText(JsonFields.value(holder, field));
    List<JsonValue> blocks = JsonFields.array(holder, field);
    for (JsonValue block : blocks) {
      texts.addText(JsonFields.value(block, "text"));
      texts.addText(JsonFields.value(block, "thinking"));
      texts.addText(JsonFields.value(block, "name"));
      texts.addJson(JsonFields.value(block, "input"));
      JsonValue source = JsonFields.object(block, "source");
      if (JsonFields.isText(source, "type", "text")) {
        texts.addText(JsonFields.value(source, "data"));
      }
      texts.addText(JsonFields.value(block, "content"));
      for (JsonValue inner : JsonFields.array(block, "content")) {
        texts.addText(JsonFields.value(inner, "text"));
      }
    }
  }
}
