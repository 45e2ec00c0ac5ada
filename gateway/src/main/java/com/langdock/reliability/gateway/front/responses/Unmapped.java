package com.langdock.reliability.gateway.front.responses;

import com.langdock.reliability.gateway.exchange.UnmappedField;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import com.langdock.reliability.json.JsonValue.Kind;
import com.langdock.reliability.json.JsonValue.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Collects the fields of a request without a neutral type. */
final class Unmapped {
  /** Fields that are read elsewhere, that the gateway handles itself, or that change nothing. */
  private static final Set<String> READ =
      Set.of(
          "model",
          "input",
          "instructions",
          "stream",
          "stream_options",
          "max_output_tokens",
          "temperature",
          "top_p",
          "top_logprobs",
          "tools",
          "tool_choice",
          "parallel_tool_calls",
          "reasoning",
          "text",
          "user",
          "safety_identifier",
          "store",
          "include",
          "preferred_provider",
          "client_id");

  /** Fields that request a state or a guarantee, without which the answer would be another one. */
  private static final Set<String> REQUIRED =
      Set.of(
          "previous_response_id",
          "conversation",
          "background",
          "prompt",
          "moderation",
          "max_tool_calls");

  /** What can be included that every answer has, or that is read elsewhere. */
  private static final Set<String> INCLUDED =
      Set.of("reasoning.encrypted_content", OptionReader.LOGPROBS);

  private final List<UnmappedField> fields = new ArrayList<>();

  /** Adds the fields of the request {@code root}. */
  void addFields(JsonValue root) {
    for (Member member : root.members()) {
      String name = member.name();
      if (!READ.contains(name) && !hasNoEffect(member)) {
        fields.add(new UnmappedField(name, REQUIRED.contains(name)));
      }
    }
    if (!INCLUDED.containsAll(JsonFields.texts(root, "include"))) {
      dropped("include");
    }
    JsonValue text = JsonFields.object(root, "text");
    if (text != null && !JsonFields.isText(text, "verbosity", "medium")) {
      dropped(text, "text", "verbosity");
    }
    JsonValue reasoning = JsonFields.object(root, "reasoning");
    if (reasoning != null) {
      dropped(reasoning, "reasoning", "context", "mode");
    }
  }

  private static boolean hasNoEffect(Member member) {
    JsonValue value = member.value();
    return switch (member.name()) {
      case "service_tier" -> value.isNull() || value.isText("auto") || value.isText("default");
      case "truncation" -> value.isNull() || value.isText("disabled");
      case "background" -> !value.isTrue();
      default ->
          value.isNull()
              || ((value.kind() == Kind.ARRAY || value.kind() == Kind.OBJECT) && value.isEmpty());
    };
  }

  /** Adds those of the fields {@code names} that {@code object} has, as hints. */
  void dropped(JsonValue object, String path, String... names) {
    for (String name : names) {
      if (JsonFields.value(object, name) != null) {
        dropped(path + "." + name);
      }
    }
  }

  /** Adds the hint at {@code path}. */
  void dropped(String path) {
    fields.add(new UnmappedField(path, false));
  }

  List<UnmappedField> fields() {
    return List.copyOf(fields);
  }
}
