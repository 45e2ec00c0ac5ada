package com.langdock.reliability.gateway.front.messages;

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
          "messages",
          "system",
          "stream",
          "max_tokens",
          "stop_sequences",
          "temperature",
          "top_p",
          "top_k",
          "tools",
          "tool_choice",
          "thinking",
          "output_config",
          "output_format",
          "metadata",
          "anthropic_version",
          "anthropic_beta",
          "preferred_provider",
          "client_id");

  /** Fields that request a state or a guarantee, without which the answer would be another one. */
  private static final Set<String> REQUIRED = Set.of("container", "inference_geo");

  private final List<UnmappedField> fields = new ArrayList<>();

  /** Adds the fields of the request {@code root}. */
  void addFields(JsonValue root) {
    for (Member member : root.members()) {
      String name = member.name();
      if (!READ.contains(name) && !hasNoEffect(member)) {
        fields.add(new UnmappedField(name, REQUIRED.contains(name)));
      }
    }
    JsonValue config = JsonFields.object(root, "output_config");
    if (config != null) {
      dropped(config, "output_config", "task_budget");
    }
  }

  private static boolean hasNoEffect(Member member) {
    JsonValue value = member.value();
    return switch (member.name()) {
      case "service_tier" -> value.isNull() || value.isText("auto");
      case "speed" -> value.isNull() || value.isText("standard");
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
