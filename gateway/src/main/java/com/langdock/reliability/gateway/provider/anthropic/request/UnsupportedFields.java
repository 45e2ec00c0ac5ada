package com.langdock.reliability.gateway.provider.anthropic.request;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.gateway.json.JsonValue;
import com.langdock.reliability.gateway.provider.Fields;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a request asks for that Anthropic's API has no words for.
 *
 * <p>The line is drawn here: what the client asked for as a result or as a guarantee is refused by
 * name; what it gave as a hint is left out (see {@link MessageRequest}).
 */
final class Unsayable {
  /** Top-level fields that ask for something when they are there and not empty. */
  private static final List<String> FIELDS =
      List.of("logit_bias", "web_search_options", "moderation");

  private final List<Failure.Untranslatable> found = new ArrayList<>();

  private Unsayable() {}

  /** The first such thing in {@code root}, null when all of it can be said. */
  static Failure.@Nullable Untranslatable in(JsonValue root) {
    Unsayable unsayable = new Unsayable();
    unsayable.fields(root);
    unsayable.tools(root);
    List<JsonValue> messages = Fields.array(root, "messages");
    for (int i = 0; i < messages.size(); i++) {
      unsayable.message("messages[" + i + "]", messages.get(i));
    }
    return unsayable.found.isEmpty() ? null : unsayable.found.getFirst();
  }

  private void fields(JsonValue root) {
    if (Fields.count(root, "n") > 1) {
      add("n", "gives one choice only");
    }
    if (Fields.isTrue(root, "logprobs")) {
      add("logprobs", "reports no log probabilities");
    }
    if (Fields.texts(root, "modalities").contains("audio")) {
      add("modalities", "has no spoken answers");
    }
    for (String name : FIELDS) {
      JsonValue field = Fields.object(root, name);
      if (field != null && (!field.members().isEmpty() || name.equals("web_search_options"))) {
        add(name, "has nothing like it");
      }
    }
  }

  private void tools(JsonValue root) {
    List<JsonValue> tools = Fields.array(root, "tools");
    for (int i = 0; i < tools.size(); i++) {
      callable("tools[" + i + "]", tools.get(i));
    }
  }

  private void message(String path, JsonValue message) {
    List<JsonValue> parts = Fields.array(message, "content");
    for (int i = 0; i < parts.size(); i++) {
      part(path + ".content[" + i + "]", parts.get(i));
    }
    if (Fields.object(message, "audio") != null) {
      add(path + ".audio", "has no spoken answers");
    }
    List<JsonValue> calls = Fields.array(message, "tool_calls");
    for (int i = 0; i < calls.size(); i++) {
      callable(path + ".tool_calls[" + i + "]", calls.get(i));
    }
  }

  /** A tool or a call of one: only functions have a counterpart. */
  private void callable(String path, JsonValue callable) {
    if (Fields.object(callable, "function") == null) {
      add(path + ".type", "knows no tools but functions");
    }
  }

  private void part(String path, JsonValue part) {
    switch (Fields.text(part, "type")) {
      case "text", "refusal" -> {}
      case "image_url" -> {
        if (Media.ofImage(part) == null) {
          add(path + ".image_url", "takes JPEG, PNG, GIF and WebP data, and http URLs");
        }
      }
      case "file" -> {
        if (Media.ofFile(part) == null) {
          add(path + ".file", "takes PDF and text, with the data in the request");
        }
      }
      case "input_audio" -> add(path + ".input_audio", "takes no audio");
      case null, default -> add(path + ".type", "has no such part");
    }
  }

  private void add(String field, String what) {
    String message = "'" + field + "' cannot be passed on: Anthropic's API " + what + ".";
    found.add(new Failure.Untranslatable(field, message));
  }
}
