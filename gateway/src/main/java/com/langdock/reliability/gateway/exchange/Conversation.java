package com.langdock.reliability.gateway.exchange;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client's request asks, without the words of any format. Each client API has one reader
 * that builds it, and each provider format one writer that expresses it. Immutable.
 *
 * <p>What a provider's format cannot express is left out and reported when it is a hint, and
 * refused by the client's name for it when it is not.
 *
 * @param messages in the client's order; one role may speak several times in a row
 * @param endUser an id of the client's user, null when the client gave none
 * @param unmapped the client's other fields
 */
public record Conversation(
    List<Message> messages,
    List<Tool> tools,
    ToolChoice toolChoice,
    AnswerOptions options,
    AnswerShape shape,
    @Nullable String endUser,
    List<UnmappedField> unmapped) {

  /**
   * The conversation that asks for the rest of an answer. The tokens that the client has are taken
   * off the limit of the answer.
   */
  Conversation continued(Continued continued) {
    List<Message> longer = new ArrayList<>(messages);
    longer.add(Message.of(Message.Role.ASSISTANT, continued.delivered()));
    String instruction = continued.instruction();
    if (instruction != null) {
      longer.add(Message.of(Message.Role.USER, instruction));
    }
    return new Conversation(
        List.copyOf(longer),
        tools,
        toolChoice,
        options.continued(continued),
        shape,
        endUser,
        unmapped);
  }
}
