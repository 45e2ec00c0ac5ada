package com.langdock.reliability.gateway.front.gemini;

import com.langdock.reliability.gateway.front.tokens.PromptTexts;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** Finds the parts of a request that count as tokens. Images and files are not counted. */
final class RequestTexts {
  private RequestTexts() {}

  /** The texts of the request {@code root}, or of the one in it whose tokens are to be counted. */
  static PromptTexts of(JsonValue root) {
    PromptTexts texts = new PromptTexts();
    add(root, texts);
    JsonValue counted = ProtoFields.object(root, "generateContentRequest");
    if (counted != null) {
      add(counted, texts);
    }
    return texts;
  }

  private static void add(JsonValue request, PromptTexts texts) {
    addParts(ProtoFields.object(request, "systemInstruction"), texts);
    JsonFields.array(request, "contents").forEach(content -> addParts(content, texts));
    texts.addJson(ProtoFields.value(request, "tools"));
  }

  private static void addParts(@Nullable JsonValue content, PromptTexts texts) {
    for (JsonValue part : JsonFields.array(content, "parts")) {
      texts.addText(ProtoFields.value(part, "text"));
      JsonValue call = ProtoFields.object(part, "functionCall");
      texts.addText(ProtoFields.value(call, "name"));
      texts.addJson(ProtoFields.value(call, "args"));
      texts.addJson(ProtoFields.value(ProtoFields.object(part, "functionResponse"), "response"));
    }
  }
}
