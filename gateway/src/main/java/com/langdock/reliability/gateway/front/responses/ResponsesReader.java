package com.langdock.reliability.gateway.front.responses;

import com.langdock.reliability.gateway.exchange.ContentBlock;
import com.langdock.reliability.gateway.exchange.Conversation;
import com.langdock.reliability.gateway.exchange.Message;
import com.langdock.reliability.gateway.exchange.Message.Role;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a valid request as a {@link Conversation}. System messages stay where they are, because a
 * prefix that changes is in no cache.
 *
 * <p>Does not throw: a value of an unexpected type is treated as missing.
 */
final class ResponsesReader {
  private ResponsesReader() {}

  /** The conversation in the request {@code root}. */
  static Conversation read(JsonValue root) {
    Unmapped unmapped = new Unmapped();
    unmapped.addFields(root);
    OfferedTools tools = OfferedTools.of(root, unmapped);
    List<Message> messages = new ArrayList<>();
    String instructions = JsonFields.text(root, "instructions");
    if (instructions != null && !instructions.isEmpty()) {
      messages.add(message(Role.SYSTEM, instructions));
    }
    String text = JsonFields.text(root, "input");
    if (text == null) {
      messages.addAll(ItemReader.read(root, unmapped));
    } else {
      messages.add(message(Role.USER, text));
    }
    String identifier = JsonFields.text(root, "safety_identifier");
    return new Conversation(
        List.copyOf(messages),
        tools.tools(),
        ChoiceReader.choice(root, tools),
        OptionReader.options(root),
        OptionReader.shape(root),
        identifier == null ? JsonFields.text(root, "user") : identifier,
        unmapped.fields());
  }

  private static Message message(Role role, String text) {
    return new Message(role, null, List.of(new ContentBlock.Text(text, null)), null);
  }
}
