package com.langdock.reliability.gateway.front.responses;

import com.langdock.reliability.gateway.exchange.ContentBlock;
import com.langdock.reliability.gateway.exchange.ContentBlock.Signature;
import com.langdock.reliability.gateway.exchange.Message;
import com.langdock.reliability.gateway.exchange.Message.Role;
import com.langdock.reliability.gateway.exchange.SignatureEnvelope;
import com.langdock.reliability.gateway.exchange.WireFormat;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonText;
import com.langdock.reliability.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the items of {@code input}. What the model said, thought and called between two items of
 * others is one message; so are results that follow one another.
 *
 * <p>What a provider did by itself is dropped: the text that it led to remains. Other items without
 * a neutral type are kept as they are, so that only a target of this format takes them.
 */
final class ItemReader {
  private final Unmapped unmapped;
  private final PartReader parts;
  private final List<Message> messages = new ArrayList<>();

  /** The blocks of the message that may still grow, and its role. */
  private final List<ContentBlock> blocks = new ArrayList<>();

  private Role role = Role.USER;

  /** The signature of the next call, which stands before it as an empty item of reasoning. */
  private ContentBlock.@Nullable Thinking pending;

  private ItemReader(Unmapped unmapped) {
    this.unmapped = unmapped;
    this.parts = new PartReader(unmapped);
  }

  /** The messages in the request {@code root}. */
  static List<Message> read(JsonValue root, Unmapped unmapped) {
    ItemReader reader = new ItemReader(unmapped);
    List<JsonValue> items = JsonFields.array(root, "input");
    for (int i = 0; i < items.size(); i++) {
      reader.add(items.get(i), "input[" + i + "]");
    }
    reader.flush();
    return reader.messages;
  }

  /** The type of {@code item}; a message and a reference may have none. */
  static String type(JsonValue item) {
    String type = JsonFields.text(item, "type");
    if (type != null) {
      return type;
    }
    return JsonFields.text(item, "role") == null ? "item_reference" : "message";
  }

  private void add(JsonValue item, String path) {
    String type = type(item);
    if (!type.endsWith("_call")) {
      addPending();
    }
    switch (type) {
      case "message" -> addMessage(item, path);
      case "reasoning" -> addReasoning(item, path);
      case "function_call" -> addCall(item, text(item, "arguments"));
      case "custom_tool_call" ->
          addCall(item, "{\"input\":" + JsonText.quote(text(item, "input")) + "}");
      case "tool_search_call" -> addSearch(item, path);
      case "function_call_output", "custom_tool_call_output" ->
          addResult(item, parts.content(item, "output", path));
      case "tool_search_output" -> addFound(item, path);
      case "additional_tools" -> {} // Read with the tools.
      case "web_search_call",
          "file_search_call",
          "code_interpreter_call",
          "image_generation_call",
          "mcp_list_tools",
          "mcp_call",
          "mcp_approval_request",
          "mcp_approval_response",
          "program",
          "program_output" ->
          unmapped.dropped(path + ".type");
      default -> addOpaque(item, path);
    }
  }

  private void addMessage(JsonValue item, String path) {
    unmapped.dropped(item, path, "phase");
    List<ContentBlock> content = parts.content(item, "content", path);
    if (JsonFields.isText(item, "role", "assistant")) {
      join(Role.ASSISTANT).addAll(content);
      return;
    }
    flush();
    boolean isUser = JsonFields.isText(item, "role", "user");
    if (!content.isEmpty()) {
      messages.add(new Message(isUser ? Role.USER : Role.SYSTEM, null, List.copyOf(content), null));
    }
  }

  private void addReasoning(JsonValue item, String path) {
    String text = text(item);
    String encrypted = text(item, "encrypted_content");
    Signature signature =
        encrypted.isEmpty() ? null : SignatureEnvelope.unwrap(encrypted, WireFormat.RESPONSES);
    ContentBlock.Thinking thinking = new ContentBlock.Thinking(text, signature, path);
    boolean isOfGemini = signature != null && signature.issuer().equals(WireFormat.GEMINI);
    if (text.isEmpty() && isOfGemini) { // which signs calls
      join(Role.ASSISTANT);
      pending = thinking;
    } else if (!text.isEmpty() || signature != null) {
      join(Role.ASSISTANT).add(thinking);
    }
  }

  /** The summary of the thinking, else the thinking itself. */
  private static String text(JsonValue item) {
    String summary = joined(item, "summary");
    return summary.isEmpty() ? joined(item, "content") : summary;
  }

  private static String joined(JsonValue item, String field) {
    return JsonFields.array(item, field).stream()
        .map(part -> text(part, "text"))
        .collect(Collectors.joining("\n\n"));
  }

  private void addCall(JsonValue item, String arguments) {
    String name = OfferedTools.flatName(JsonFields.text(item, "namespace"), text(item, "name"));
    addCall(item, name, arguments);
  }

  private void addCall(JsonValue item, String name, String arguments) {
    Signature signature = pending == null ? null : pending.signature();
    pending = null;
    join(Role.ASSISTANT)
        .add(new ContentBlock.ToolCall(text(item, "call_id"), name, arguments, signature, null));
  }

  private void addSearch(JsonValue item, String path) {
    JsonValue arguments = JsonFields.value(item, "arguments");
    if (OfferedTools.isOfClient(item)) {
      addCall(item, OfferedTools.SEARCH, arguments == null ? "{}" : arguments.raw());
    } else {
      unmapped.dropped(path + ".type");
    }
  }

  private void addFound(JsonValue item, String path) {
    if (!OfferedTools.isOfClient(item)) {
      unmapped.dropped(path + ".type");
      return;
    }
    String found =
        JsonFields.array(item, "tools").stream()
            .map(tool -> text(tool, "name"))
            .collect(Collectors.joining(", "));
    String told = found.isEmpty() ? "No tools found." : "Tools found: " + found;
    addResult(item, List.of(new ContentBlock.Text(told, null)));
  }

  private void addResult(JsonValue item, List<ContentBlock> content) {
    join(Role.USER)
        .add(new ContentBlock.ToolResult(text(item, "call_id"), List.copyOf(content), false, null));
  }

  /** In a message of the user, from which nothing is dropped. */
  private void addOpaque(JsonValue item, String path) {
    flush();
    String field = JsonFields.text(item, "type") == null ? ".id" : ".type";
    ContentBlock opaque = new ContentBlock.Opaque(WireFormat.RESPONSES, item.raw(), path + field);
    messages.add(new Message(Role.USER, null, List.of(opaque), null));
  }

  /** The blocks of the message of {@code next} that may still grow. */
  private List<ContentBlock> join(Role next) {
    if (role != next) {
      flush();
      role = next;
    }
    return blocks;
  }

  private void addPending() {
    if (pending != null) {
      blocks.add(pending);
      pending = null;
    }
  }

  /** Ends the message that may grow. Thinking that led to nothing is dropped. */
  private void flush() {
    addPending();
    boolean isThinking = blocks.stream().allMatch(ContentBlock.Thinking.class::isInstance);
    if (!isThinking) {
      messages.add(new Message(role, null, List.copyOf(blocks), null));
    } else {
      blocks.forEach(block -> unmapped.dropped(((ContentBlock.Thinking) block).path()));
    }
    blocks.clear();
  }

  private static String text(@Nullable JsonValue object, String name) {
    return Objects.requireNonNullElse(JsonFields.text(object, name), "");
  }
}
