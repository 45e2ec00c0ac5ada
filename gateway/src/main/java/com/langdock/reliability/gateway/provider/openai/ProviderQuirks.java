package com.langdock.reliability.gateway.provider.openai;

import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonSplice;
import com.langdock.reliability.json.JsonText;
import com.langdock.reliability.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** What providers say in other words than OpenAI, in whole answers and in chunks alike. */
final class ProviderQuirks {
  /**
   * Content that came as an array of parts (Mistral).
   *
   * @param text what is said
   * @param thinking what is thought, empty when nothing is
   */
  record Parts(String text, String thinking) {}

  private ProviderQuirks() {}

  /** OpenAI's word for a finish reason of Together ({@code eos}) or Mistral, else the same word. */
  static String finishReason(String said) {
    return switch (said) {
      case "eos" -> "stop";
      case "model_length" -> "length";
      default -> said;
    };
  }

  /**
   * Puts text in place of content that is an array of parts, and its thinking beside it.
   *
   * @param holder the message or delta that {@code content} is a field of
   */
  static Parts joinParts(JsonSplice splice, JsonValue holder, JsonValue content) {
    StringBuilder text = new StringBuilder();
    StringBuilder thinking = new StringBuilder();
    for (JsonValue part : content.elements()) {
      appendText(text, part);
      for (JsonValue thought : JsonFields.array(part, "thinking")) {
        appendText(thinking, thought);
      }
    }
    splice.replace(content, JsonText.quote(text.toString()));
    if (!thinking.isEmpty()) {
      splice.append(holder, "reasoning_content", JsonText.quote(thinking.toString()));
    }
    return new Parts(text.toString(), thinking.toString());
  }

  /** Quotes the arguments of a tool call that came as an object (Mistral); whether they did. */
  static boolean quoteArguments(JsonSplice splice, JsonValue call) {
    JsonValue arguments = JsonFields.object(JsonFields.object(call, "function"), "arguments");
    if (arguments != null) {
      splice.replace(arguments, JsonText.quote(arguments.raw()));
    }
    return arguments != null;
  }

  /**
   * Makes the arguments of a whole call JSON in a string: an object is quoted, and none are an
   * empty object.
   *
   * @param function null for a call of another kind
   * @return whether they had to change
   */
  static boolean repairArguments(JsonSplice splice, @Nullable JsonValue function) {
    if (function == null) {
      return false;
    }
    JsonValue arguments = JsonFields.value(function, "arguments");
    if (arguments != null && arguments.kind() == JsonValue.Kind.OBJECT) {
      splice.replace(arguments, JsonText.quote(arguments.raw()));
    } else if (arguments == null || arguments.text().isBlank()) {
      splice.put(function, "arguments", "\"{}\"");
    } else {
      return false;
    }
    return true;
  }

  private static void appendText(StringBuilder to, @Nullable JsonValue part) {
    String text = JsonFields.text(part, "text");
    to.append(text == null ? "" : text);
  }
}
