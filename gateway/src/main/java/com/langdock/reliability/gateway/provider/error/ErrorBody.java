package com.langdock.reliability.gateway.provider.error;

import com.langdock.reliability.core.domain.ProviderReply;
import com.langdock.reliability.gateway.json.JsonValue;
import com.langdock.reliability.gateway.provider.Fields;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The error in a provider's JSON, whichever shape it has.
 *
 * <p>Seen in recordings: {@code error} as an object (OpenAI, Anthropic, Azure), as a string with a
 * {@code code} beside it (xAI, Ollama), inside an array (Gemini), and none, with the fields or a
 * {@code detail} at the top level (vLLM, Mistral); {@code code} as a word, as a number in digits
 * (Azure), and as a JSON number (OpenRouter).
 *
 * @param root the whole JSON, null when the body is not JSON
 * @param error the object that holds the error's fields, null when there is none
 */
record ErrorBody(@Nullable JsonValue root, @Nullable JsonValue error) {
  /** A longer message is cut here, in characters. */
  private static final int LONGEST_MESSAGE = 2_000;

  static ErrorBody of(@Nullable JsonValue json) {
    JsonValue root = json;
    if (root != null && root.kind() == JsonValue.Kind.ARRAY && !root.elements().isEmpty()) {
      root = root.elements().getFirst();
    }
    JsonValue nested = Fields.object(root, "error");
    return new ErrorBody(root, nested == null ? root : nested);
  }

  ProviderReply reply(int status) {
    return new ProviderReply(status, type(), code(), Fields.text(error, "param"), message());
  }

  /** Whether it is an error about the request, not one about a path that does not exist. */
  boolean isOfTheApi() {
    return Fields.value(root, "error") != null || type() != null;
  }

  /** The HTTP status that the error itself names as a number, zero when it names none. */
  int statusInside() {
    for (String name : List.of("code", "status_code", "status")) {
      long number = Fields.count(error, name);
      if (number >= 400 && number <= 599) {
        return (int) number;
      }
    }
    return 0;
  }

  /** Whether OpenRouter says why its moderation refuses the prompt. */
  boolean isModeration() {
    return !Fields.array(Fields.object(error, "metadata"), "reasons").isEmpty();
  }

  private @Nullable String type() {
    String type = Fields.text(error, "type");
    return type == null ? Fields.text(error, "status") : type;
  }

  private @Nullable String code() {
    String detailed = Fields.text(Fields.object(error, "details"), "error_code"); // Anthropic
    for (JsonValue detail : Fields.array(error, "details")) { // Google's ErrorInfo
      String reason = Fields.text(detail, "reason");
      detailed = reason == null ? detailed : reason;
    }
    return detailed == null ? Fields.text(error, "code") : detailed;
  }

  private String message() {
    for (String name : List.of("message", "detail", "error")) {
      JsonValue said = Fields.value(error, name);
      if (said != null) {
        String text = said.kind() == JsonValue.Kind.STRING ? said.text() : said.raw();
        return text.substring(0, Math.min(text.length(), LONGEST_MESSAGE));
      }
    }
    return "";
  }
}
