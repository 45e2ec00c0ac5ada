package com.langdock.reliability.gateway.provider.openai;

import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonSplice;
import com.langdock.reliability.json.JsonText;
import com.langdock.reliability.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** Repairs of deviations from OpenAI's format that occur in whole answers and in chunks. */
final class ProviderQuirks {
  /**
   * Content sent as an array of parts (Mistral).
   *
   * @param text the text parts, joined
   * @param thinking the thinking parts, joined; empty if there are none
   */
  record Parts(String text, String thinking) {}

  private ProviderQuirks() {}

  /**
   * OpenAI's name for a finish reason of Together ({@code eos}) or Mistral; any other is returned
   * unchanged.
   */
  static String finishReason(String received) {
    return switch (received) {
      case "eos" -> "stop";
      case "model_length" -> "length";
      default -> received;
    };
  }

  /**
   * Replaces content that is an array of parts with its text, and adds its thinking as {@code
   * reasoning_content}.
   *
   * @param holder the message or delta that contains {@code content}
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

  /** Converts arguments sent as an object (Mistral) to a string. Returns whether they were. */
  static boolean quoteArguments(JsonSplice splice, JsonValue call) {
    JsonValue arguments = JsonFields.object(JsonFields.object(call, "function"), "arguments");
    if (arguments != null) {
      splice.replace(arguments, JsonText.quote(arguments.raw()));
    }
    return arguments != null;
  }

  /**
   * Converts the arguments of a complete call to JSON in a string: an object is quoted, and missing
   * ones become an empty object.
   *
   * @param function null for a call of another type
   * @return whether they changed
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
