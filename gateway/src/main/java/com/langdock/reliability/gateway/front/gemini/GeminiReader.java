package com.langdock.reliability.gateway.front.gemini;

import com.langdock.reliability.gateway.exchange.ContentBlock;
import com.langdock.reliability.gateway.exchange.Conversation;
import com.langdock.reliability.gateway.exchange.Message;
import com.langdock.reliability.gateway.exchange.Message.Role;
import com.langdock.reliability.gateway.exchange.Tool;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a valid request as a {@link Conversation}. Neighbouring turns of one side are one message,
 * since a client that saw a stream sends each of its responses back as a turn.
 *
 * <p>Does not throw: a value of an unexpected type is treated as missing.
 */
final class GeminiReader {
  private final JsonValue root;
  private final Unmapped unmapped = new Unmapped();
  private final Calls calls = new Calls();
  private final List<Message> messages = new ArrayList<>();

  private GeminiReader(JsonValue root) {
    this.root = root;
  }

  /** The conversation in the request {@code root}. */
  static Conversation read(JsonValue root) {
    return new GeminiReader(root).conversation();
  }

  private Conversation conversation() {
    unmapped.addFields(root);
    ToolReader toolReader = new ToolReader(root, unmapped);
    List<Tool> tools = toolReader.tools();
    addSystem();
    addContents(JsonFields.array(root, "contents"));
    OptionReader options = new OptionReader(root);
    return new Conversation(
        List.copyOf(messages),
        tools,
        toolReader.choice(),
        options.options(),
        options.shape(),
        null,
        unmapped.fields());
  }

  private void addSystem() {
    String name = ProtoFields.nameIn(root, "systemInstruction");
    PartReader parts = new PartReader(calls, unmapped);
    String text = ProtoFields.text(root, "systemInstruction");
    if (text != null) {
      add(Role.SYSTEM, List.of(new ContentBlock.Text(text, null)));
      return;
    }
    read(ProtoFields.object(root, "systemInstruction"), name, parts);
    add(Role.SYSTEM, parts.blocks());
  }

  private void addContents(List<JsonValue> contents) {
    int at = 0;
    while (at < contents.size()) {
      Role role = role(contents.get(at));
      PartReader parts = new PartReader(calls, unmapped);
      while (at < contents.size() && role(contents.get(at)) == role) {
        read(contents.get(at), "contents[" + at + "]", parts);
        at++;
      }
      add(role, parts.blocks());
    }
  }

  private static void read(@Nullable JsonValue content, String path, PartReader to) {
    List<JsonValue> parts = JsonFields.array(content, "parts");
    for (int i = 0; i < parts.size(); i++) {
      to.read(parts.get(i), path + ".parts[" + i + "]");
    }
  }

  private void add(Role role, List<ContentBlock> blocks) {
    if (!blocks.isEmpty()) {
      messages.add(new Message(role, null, blocks, null));
    }
  }

  private static Role role(JsonValue content) {
    return "model".equals(JsonFields.text(content, "role")) ? Role.ASSISTANT : Role.USER;
  }
}
