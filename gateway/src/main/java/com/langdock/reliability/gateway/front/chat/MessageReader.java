package com.langdock.reliability.gateway.front.chat;

import com.langdock.reliability.gateway.exchange.CacheMark;
import com.langdock.reliability.gateway.exchange.ContentBlock;
import com.langdock.reliability.gateway.exchange.Field;
import com.langdock.reliability.gateway.exchange.Message;
import com.langdock.reliability.gateway.exchange.Message.Role;
import com.langdock.reliability.gateway.exchange.UnmappedField;
import com.langdock.reliability.gateway.exchange.WireFormat;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import com.langdock.reliability.json.JsonValue.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads one message of a chat completion request.
 *
 * <p>A tool message becomes a user message with one result. The deprecated {@code function_call}
 * becomes a call with the function's name as its id, since its result contains that name.
 */
final class MessageReader {
  private static final String REASONING = "reasoning_content";

  private static final Set<String> READ =
      Set.of(
          "role",
          "content",
          "refusal",
          "tool_calls",
          "tool_call_id",
          "function_call",
          "cache_control",
          "prompt_cache_breakpoint");

  private final JsonValue message;
  private final String path;
  private final String role;

  private MessageReader(JsonValue message, String path) {
    this.message = message;
    this.path = path;
    this.role = Objects.requireNonNullElse(JsonFields.text(message, "role"), "");
  }

  /**
   * The message at {@code path}.
   *
   * @param unmapped receives the fields that {@link Message} does not represent
   */
  static Message read(JsonValue message, String path, List<UnmappedField> unmapped) {
    MessageReader reader = new MessageReader(message, path);
    reader.addUnmapped(unmapped);
    return reader.read();
  }

  private Message read() {
    CacheMark mark = ContentReader.cacheMark(message);
    return switch (role) {
      case "system", "developer" -> new Message(Role.SYSTEM, speaker(), content(), mark);
      case "assistant" -> new Message(Role.ASSISTANT, speaker(), assistant(), mark);
      case "tool" -> result("tool_call_id", mark);
      case "function" -> result("name", mark);
      default -> new Message(Role.USER, speaker(), content(), mark);
    };
  }

  private @Nullable Field<String> speaker() {
    String name = JsonFields.text(message, "name");
    return name == null || name.isEmpty() ? null : new Field<>(path + ".name", name);
  }

  private List<ContentBlock> content() {
    return ContentReader.read(message, path);
  }

  private Message result(String idField, @Nullable CacheMark mark) {
    String id = Objects.requireNonNullElse(JsonFields.text(message, idField), "");
    ContentBlock result = new ContentBlock.ToolResult(id, content(), false, mark);
    return new Message(Role.USER, null, List.of(result), null);
  }

  private List<ContentBlock> assistant() {
    List<ContentBlock> blocks = new ArrayList<>();
    String reasoning = JsonFields.text(message, REASONING);
    if (reasoning != null && !reasoning.isEmpty()) {
      blocks.add(new ContentBlock.Thinking(reasoning, null, path + "." + REASONING));
    }
    blocks.addAll(content());
    String refusal = JsonFields.text(message, "refusal");
    if (refusal != null) {
      blocks.add(new ContentBlock.Refusal(refusal, null));
    }
    List<JsonValue> calls = JsonFields.array(message, "tool_calls");
    for (int i = 0; i < calls.size(); i++) {
      blocks.add(call(calls.get(i), path + ".tool_calls[" + i + "].type"));
    }
    JsonValue legacy = JsonFields.object(message, "function_call");
    if (legacy != null) {
      blocks.add(call(JsonFields.text(legacy, "name"), legacy, null));
    }
    return List.copyOf(blocks);
  }

  private static ContentBlock call(JsonValue call, String typePath) {
    JsonValue function = JsonFields.object(call, "function");
    return function == null
        ? new ContentBlock.Opaque(WireFormat.CHAT, call.raw(), typePath)
        : call(JsonFields.text(call, "id"), function, CallSignature.read(call));
  }

  private static ContentBlock call(
      @Nullable String id, JsonValue function, ContentBlock.@Nullable Signature signature) {
    String name = JsonFields.text(function, "name");
    JsonValue arguments = JsonFields.value(function, "arguments");
    String json = "";
    if (arguments != null) {
      json = arguments.kind() == JsonValue.Kind.STRING ? arguments.text() : arguments.raw();
    }
    return new ContentBlock.ToolCall(
        Objects.requireNonNullElse(id, ""),
        Objects.requireNonNullElse(name, ""),
        json,
        signature,
        null);
  }

  private void addUnmapped(List<UnmappedField> unmapped) {
    for (Member member : message.members()) {
      String name = member.name();
      if (!READ.contains(name) && !isReadForRole(member) && !hasNoEffect(member)) {
        boolean isAudio = name.equals("audio") && member.value().kind() == JsonValue.Kind.OBJECT;
        unmapped.add(new UnmappedField(path + "." + name, isAudio));
      }
    }
    List<JsonValue> parts = JsonFields.array(message, "content");
    for (int i = 0; i < parts.size(); i++) {
      String detail = JsonFields.text(JsonFields.object(parts.get(i), "image_url"), "detail");
      if (detail != null && !detail.equals("auto")) {
        String field = path + ".content[" + i + "].image_url.detail";
        unmapped.add(new UnmappedField(field, false));
      }
    }
  }

  /** Whether the field is read from messages of this role. */
  private boolean isReadForRole(Member member) {
    boolean isText = member.value().kind() == JsonValue.Kind.STRING;
    return switch (member.name()) {
      case "name" -> isText && !role.equals("tool");
      case REASONING -> isText && role.equals("assistant");
      default -> false;
    };
  }

  private static boolean hasNoEffect(Member member) {
    return ConversationReader.hasNoEffect(member.value());
  }
}
