package com.langdock.reliability.gateway.provider.anthropic;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a request asks for that Anthropic's API cannot do: what the client wants as a result
 * or as a guarantee. A target that cannot give it is skipped, and the field is named when no other
 * is left. Hints are left out instead: see {@link DroppedFields}.
 */
final class UnsupportedFields {
  private static final Set<String> ANSWER_TYPES = Set.of("text", "json_object", "json_schema");
  private static final Set<String> CHOICES = Set.of("auto", "none", "required", "any");
  private static final Set<String> CHOICE_TYPES = Set.of("function", "allowed_tools");

  /** The first that was found. */
  private Failure.@Nullable Untranslatable found;

  private UnsupportedFields() {}

  /** The first such field in {@code root}, null when all of it can be asked. */
  static Failure.@Nullable Untranslatable in(JsonValue root) {
    UnsupportedFields fields = new UnsupportedFields();
    fields.answer(root);
    fields.tools(root);
    List<JsonValue> messages = JsonFields.array(root, "messages");
    for (int i = 0; i < messages.size() && fields.found == null; i++) {
      fields.message("messages[" + i + "]", messages.get(i));
    }
    return fields.found;
  }

  private void answer(JsonValue root) {
    if (JsonFields.count(root, "n") > 1) {
      add("n", "gives one choice only");
    }
    if (JsonFields.isTrue(root, "logprobs")) {
      add("logprobs", "reports no log probabilities");
    }
    if (JsonFields.texts(root, "modalities").contains("audio")) {
      add("modalities", "has no spoken answers");
    }
    if (JsonFields.object(root, "web_search_options") != null) {
      add("web_search_options", "has nothing like it");
    }
    JsonValue moderation = JsonFields.object(root, "moderation");
    if (moderation != null && !moderation.members().isEmpty()) {
      add("moderation", "has nothing like it");
    }
    String type = JsonFields.text(JsonFields.object(root, "response_format"), "type");
    if (type != null && !ANSWER_TYPES.contains(type)) {
      add("response_format.type", "has no such format of an answer");
    }
  }

  private void tools(JsonValue root) {
    List<JsonValue> tools = JsonFields.array(root, "tools");
    for (int i = 0; i < tools.size(); i++) {
      callable("tools[" + i + "]", tools.get(i));
    }
    JsonValue choice = JsonFields.value(root, "tool_choice");
    if (choice == null || tools.isEmpty()) {
      return;
    }
    boolean known =
        choice.kind() == JsonValue.Kind.STRING
            ? CHOICES.contains(choice.text())
            : CHOICE_TYPES.contains(
                Objects.requireNonNullElse(JsonFields.text(choice, "type"), ""));
    if (!known) {
      add("tool_choice", "has no such choice");
    }
  }

  private void message(String path, JsonValue message) {
    String role = Objects.requireNonNullElse(JsonFields.text(message, "role"), "");
    List<JsonValue> parts = JsonFields.array(message, "content");
    for (int i = 0; i < parts.size(); i++) {
      part(path + ".content[" + i + "]", parts.get(i), role);
    }
    if (JsonFields.object(message, "audio") != null) {
      add(path + ".audio", "has no spoken answers");
    }
    List<JsonValue> calls = JsonFields.array(message, "tool_calls");
    for (int i = 0; i < calls.size(); i++) {
      callable(path + ".tool_calls[" + i + "]", calls.get(i));
    }
  }

  /** A tool or a call of one: only functions have a counterpart. */
  private void callable(String path, JsonValue callable) {
    if (JsonFields.object(callable, "function") == null) {
      add(path + ".type", "knows no tools but functions");
    }
  }

  private void part(String path, JsonValue part, String role) {
    switch (JsonFields.text(part, "type")) {
      case "text", "refusal" -> {}
      case "image_url" -> {
        if (takesNoMedia(role)) {
          add(path + ".image_url", "takes no images from this role");
        } else if (Media.ofImage(part) == null) {
          add(path + ".image_url", "takes JPEG, PNG, GIF and WebP data, and http URLs");
        }
      }
      case "file" -> {
        if (takesNoMedia(role)) {
          add(path + ".file", "takes no files from this role");
        } else if (Media.ofFile(part) == null) {
          add(path + ".file", "takes PDF and text, with the data in the request");
        }
      }
      case "input_audio" -> add(path + ".input_audio", "takes no audio");
      case null, default -> add(path + ".type", "has no such part");
    }
  }

  private static boolean takesNoMedia(String role) {
    return switch (role) {
      case "system", "developer", "assistant" -> true;
      default -> false;
    };
  }

  private void add(String field, String what) {
    if (found == null) {
      String message = "'" + field + "' cannot be passed on: Anthropic's API " + what + ".";
      found = new Failure.Untranslatable(field, message);
    }
  }
}
