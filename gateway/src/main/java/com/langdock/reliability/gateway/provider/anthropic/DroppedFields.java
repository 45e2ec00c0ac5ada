package com.langdock.reliability.gateway.provider.anthropic;

import com.langdock.reliability.gateway.exchange.RequestChanges;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import com.langdock.reliability.json.JsonValue.Member;
import java.util.List;
import java.util.Set;

/**
 * Names what a translated request leaves out: hints that Anthropic's API has no field for, and
 * fields that only another provider knows.
 *
 * <p>What asks for nothing is not named: null, false, an empty value, and OpenAI's own defaults.
 * What a client asked for as a result or a guarantee is never left out: see {@link
 * UnsupportedFields}.
 */
final class DroppedFields {
  /** Fields that are translated, or that the gateway answers itself. */
  private static final Set<String> TRANSLATED =
      Set.of(
          "model",
          "messages",
          "stream",
          "stream_options",
          "temperature",
          "top_p",
          "top_k",
          "n",
          "max_tokens",
          "max_completion_tokens",
          "stop",
          "tools",
          "tool_choice",
          "parallel_tool_calls",
          "functions",
          "function_call",
          "response_format",
          "reasoning_effort",
          "user",
          "safety_identifier",
          "logprobs",
          "top_logprobs",
          "modalities",
          "preferred_provider",
          "client_id");

  private static final int EMPTY_STRING = "\"\"".length();

  private static final Set<String> OF_MESSAGES =
      Set.of(
          "role",
          "content",
          "refusal",
          "tool_calls",
          "tool_call_id",
          "function_call",
          "cache_control",
          "prompt_cache_breakpoint");

  private final RequestChanges.Builder changes;

  private DroppedFields(RequestChanges.Builder changes) {
    this.changes = changes;
  }

  /** Names the fields of the request {@code root} that have no counterpart. */
  static void report(JsonValue root, RequestChanges.Builder changes) {
    DroppedFields fields = new DroppedFields(changes);
    for (Member member : root.members()) {
      if (!TRANSLATED.contains(member.name()) && !isUsual(member)) {
        changes.dropped(member.name());
      }
    }
    List<JsonValue> messages = JsonFields.array(root, "messages");
    for (int i = 0; i < messages.size(); i++) {
      fields.message(i, messages.get(i));
    }
    List<JsonValue> tools = JsonFields.array(root, "tools");
    for (int i = 0; i < tools.size(); i++) {
      if (JsonFields.isTrue(JsonFields.object(tools.get(i), "function"), "strict")) {
        changes.dropped("tools[" + i + "].function.strict");
      }
    }
  }

  private void message(int index, JsonValue message) {
    boolean isUsers = "user".equals(JsonFields.text(message, "role"));
    boolean isResult = "function".equals(JsonFields.text(message, "role"));
    for (Member member : message.members()) {
      boolean isName = member.name().equals("name") && (isUsers || isResult);
      if (!OF_MESSAGES.contains(member.name()) && !isName && !saysNothing(member.value())) {
        changes.dropped("messages[" + index + "]." + member.name());
      }
    }
    List<JsonValue> parts = JsonFields.array(message, "content");
    for (int i = 0; i < parts.size(); i++) {
      String detail = JsonFields.text(JsonFields.object(parts.get(i), "image_url"), "detail");
      if (detail != null && !detail.equals("auto")) {
        changes.dropped("messages[" + index + "].content[" + i + "].image_url.detail");
      }
    }
  }

  private static boolean isUsual(Member member) {
    JsonValue value = member.value();
    boolean isDefault =
        switch (member.name()) {
          case "presence_penalty", "frequency_penalty" -> value.number() == 0;
          case "service_tier" -> value.text().equals("auto") || value.text().equals("default");
          case "verbosity" -> value.text().equals("medium");
          default -> false;
        };
    return isDefault || saysNothing(value);
  }

  private static boolean saysNothing(JsonValue value) {
    return switch (value.kind()) {
      case NULL -> true;
      case BOOLEAN -> !value.isTrue();
      case STRING -> value.end() - value.start() == EMPTY_STRING;
      case ARRAY -> value.size() == 0;
      case OBJECT -> value.members().isEmpty();
      case NUMBER -> false;
    };
  }
}
