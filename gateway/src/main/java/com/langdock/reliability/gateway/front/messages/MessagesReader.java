package com.langdock.reliability.gateway.front.messages;

import com.langdock.reliability.gateway.exchange.ContentBlock;
import com.langdock.reliability.gateway.exchange.Conversation;
import com.langdock.reliability.gateway.exchange.Message;
import com.langdock.reliability.gateway.exchange.Message.Role;
import com.langdock.reliability.gateway.exchange.Tool;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Reads a valid request as a {@link Conversation}. System messages stay where they are, because a
 * prefix that changes is in no cache.
 *
 * <p>Does not throw: a value of an unexpected type is treated as missing.
 */
final class MessagesReader {
  /** The beginning of a system block for the billing of one provider. It differs by build. */
  private static final String BILLING = "x-anthropic-billing-header:";

  private final JsonValue root;
  private final Unmapped unmapped = new Unmapped();
  private final List<Tool> tools = new ArrayList<>();

  private MessagesReader(JsonValue root) {
    this.root = root;
  }

  /** The conversation in the request {@code root}. */
  static Conversation read(JsonValue root) {
    return new MessagesReader(root).conversation();
  }

  private Conversation conversation() {
    unmapped.addFields(root);
    List<JsonValue> offered = JsonFields.array(root, "tools");
    for (int i = 0; i < offered.size(); i++) {
      tools.add(ToolReader.tool(offered.get(i), "tools[" + i + "]", unmapped));
    }
    List<Message> messages = new ArrayList<>();
    addSystem(messages);
    List<JsonValue> elements = JsonFields.array(root, "messages");
    for (int i = 0; i < elements.size(); i++) {
      addMessage(elements.get(i), "messages[" + i + "]", messages);
    }
    return new Conversation(
        List.copyOf(messages),
        List.copyOf(tools),
        ToolReader.choice(root),
        OptionReader.options(root),
        OptionReader.shape(root),
        JsonFields.text(JsonFields.object(root, "metadata"), "user_id"),
        unmapped.fields());
  }

  private void addSystem(List<Message> messages) {
    List<ContentBlock> blocks = new ArrayList<>();
    for (ContentBlock block : new BlockReader(unmapped).content(root, "system", "")) {
      boolean isBilling =
          block instanceof ContentBlock.Text text && text.text().startsWith(BILLING);
      if (!isBilling) {
        blocks.add(block);
      }
    }
    if (!blocks.isEmpty()) {
      messages.add(new Message(Role.SYSTEM, null, List.copyOf(blocks), null));
    }
  }

  private void addMessage(JsonValue message, String path, List<Message> messages) {
    changeTools(message, path);
    List<ContentBlock> blocks = new BlockReader(unmapped).content(message, "content", path + ".");
    if (!blocks.isEmpty()) {
      messages.add(new Message(role(message), null, blocks, null));
    }
  }

  private static Role role(JsonValue message) {
    return switch (Objects.requireNonNullElse(JsonFields.text(message, "role"), "")) {
      case "system" -> Role.SYSTEM;
      case "assistant" -> Role.ASSISTANT;
      default -> Role.USER;
    };
  }

  /** Blocks that add and remove tools change the list for the whole conversation. */
  private void changeTools(JsonValue message, String path) {
    List<JsonValue> blocks = JsonFields.array(message, "content");
    for (int i = 0; i < blocks.size(); i++) {
      JsonValue block = blocks.get(i);
      if (JsonFields.isText(block, "type", "tool_addition")) {
        add(block, path + ".content[" + i + "]");
      } else if (JsonFields.isText(block, "type", "tool_removal")) {
        named(block).forEach(this::remove);
      }
    }
  }

  private void add(JsonValue block, String path) {
    JsonValue one = JsonFields.object(block, "tool");
    List<JsonValue> added = one == null ? JsonFields.array(block, "tools") : List.of(one);
    for (int i = 0; i < added.size(); i++) {
      String toolPath = one == null ? path + ".tools[" + i + "]" : path + ".tool";
      Tool tool = ToolReader.tool(added.get(i), toolPath, unmapped);
      remove(name(tool));
      tools.add(tool);
    }
  }

  private static List<String> named(JsonValue block) {
    List<String> names = new ArrayList<>();
    for (String field : List.of("name", "tool_name", "names", "tool_names")) {
      names.addAll(JsonFields.texts(block, field));
    }
    for (JsonValue tool : JsonFields.array(block, "tools")) {
      names.addAll(JsonFields.texts(tool, "name"));
    }
    names.addAll(JsonFields.texts(JsonFields.object(block, "tool"), "name"));
    return names;
  }

  private void remove(String name) {
    tools.removeIf(tool -> !name.isEmpty() && name(tool).equals(name));
  }

  private static String name(Tool tool) {
    return switch (tool) {
      case Tool.Function function -> function.name();
      case Tool.Unknown unknown -> unknown.name();
    };
  }
}
