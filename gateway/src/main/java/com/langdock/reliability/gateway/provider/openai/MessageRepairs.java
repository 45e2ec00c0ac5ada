package com.langdock.reliability.gateway.provider.openai;

import com.langdock.reliability.gateway.exchange.RequestChanges;
import com.langdock.reliability.gateway.provider.ToolIds;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonSplice;
import com.langdock.reliability.json.JsonText;
import com.langdock.reliability.json.JsonValue;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The part of {@link RequestRepairs} that is about messages. */
final class MessageRepairs {
  private static final String NAME = "name";
  private static final String REFUSAL = "refusal";
  private static final String CALL_ID = "tool_call_id";

  /** The fields of an earlier answer without which it is not what it was. */
  private static final Set<String> OF_ANSWERS =
      Set.of("role", "content", NAME, "tool_calls", "function_call", "prefix");

  /** What the model says between the result of a tool and a message of the user. */
  private static final String ACKNOWLEDGED = "{\"role\":\"assistant\",\"content\":\"OK.\"},";

  private final Set<Deviation> deviations;
  private final JsonSplice splice;
  private final RequestChanges.Builder changes;
  private final ToolIds ids = CallIds.of(Set.of());

  MessageRepairs(Set<Deviation> deviations, JsonSplice splice, RequestChanges.Builder changes) {
    this.deviations = deviations;
    this.splice = splice;
    this.changes = changes;
  }

  void repair(List<JsonValue> messages) {
    String before = "";
    for (int i = 0; i < messages.size(); i++) {
      JsonValue message = messages.get(i);
      String role = JsonFields.text(message, "role");
      repair(message, role == null ? "" : role, "messages[" + i + "].");
      if (has(Deviation.USER_AFTER_TOOL) && before.equals("tool") && "user".equals(role)) {
        splice.insertBefore(message, ACKNOWLEDGED);
        changes.adjusted("messages[" + i + "]");
      }
      before = role == null ? "" : role;
    }
    if (has(Deviation.PREFIX) && before.equals("assistant")) {
      markPrefix(messages.getLast());
    }
  }

  private boolean has(Deviation deviation) {
    return deviations.contains(deviation);
  }

  private void repair(JsonValue message, String role, String path) {
    JsonValue developer = message.field("role");
    if (has(Deviation.DEVELOPER_ROLE) && developer != null && role.equals("developer")) {
      splice.replace(developer, "\"system\"");
    }
    boolean isNamed =
        message.field(NAME) != null && !role.equals("tool") && !role.equals("function");
    if (has(Deviation.MESSAGE_NAMES) && isNamed) {
      splice.remove(message, NAME);
      changes.dropped(path + NAME);
    }
    if (has(Deviation.FOREIGN_FIELDS) && role.equals("assistant")) {
      dropForeign(message, path);
    }
    if (has(Deviation.LONG_CALL_IDS)) {
      JsonFields.array(message, "tool_calls").forEach(this::shortenCall);
      shorten(JsonFields.value(message, CALL_ID), false);
    }
  }

  /**
   * Drops the fields of an answer that are those of one provider. A refusal becomes the content.
   */
  private void dropForeign(JsonValue message, String path) {
    JsonValue refusal = JsonFields.value(message, REFUSAL);
    boolean isMoved = refusal != null && JsonFields.value(message, "content") == null;
    if (refusal != null && isMoved) {
      splice.put(message, "content", refusal.raw());
    }
    for (JsonValue.Member member : message.members()) {
      if (!OF_ANSWERS.contains(member.name())) {
        splice.remove(message, member.name());
        if (!isNothing(member.value()) && !(isMoved && member.name().equals(REFUSAL))) {
          changes.dropped(path + member.name());
        }
      }
    }
  }

  private static boolean isNothing(JsonValue value) {
    return switch (value.kind()) {
      case NULL -> true;
      case STRING -> value.isEmptyString();
      case ARRAY, OBJECT -> value.isEmpty();
      case NUMBER, BOOLEAN -> false;
    };
  }

  private void shortenCall(JsonValue call) {
    shorten(JsonFields.value(call, "id"), true);
  }

  private void shorten(@Nullable JsonValue id, boolean isCall) {
    if (id == null || id.kind() != JsonValue.Kind.STRING) {
      return;
    }
    String given = id.text();
    String valid = isCall ? ids.ofCall(given) : ids.ofResult(given);
    if (!valid.equals(given)) {
      splice.replace(id, JsonText.quote(valid));
    }
  }

  private void markPrefix(JsonValue last) {
    if (JsonFields.array(last, "tool_calls").isEmpty()) {
      splice.put(last, "prefix", "true");
    }
  }
}
