package com.langdock.reliability.gateway.exchange;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A client's request in neutral form. Each client API has one reader that builds it; each provider
 * format has one writer that encodes it. Immutable.
 *
 * <p>If a provider's format cannot express a hint, the hint is dropped and reported. If it cannot
 * express anything else, the request is rejected with the path of the client's field.
 *
 * @param messages in the client's order; consecutive messages may have the same role
 * @param endUser the id of the client's user; null if the client sent none
 * @param unmapped the client's fields without a neutral type
 */
public record Conversation(
    List<Message> messages,
    List<Tool> tools,
    ToolChoice toolChoice,
    AnswerOptions options,
    AnswerShape shape,
    @Nullable String endUser,
    List<UnmappedField> unmapped) {

  /** The same conversation without signatures: its thinking and its calls are unsigned. */
  Conversation withoutSignatures() {
    return new Conversation(
        messages.stream().map(Message::withoutSignatures).toList(),
        tools,
        toolChoice,
        options,
        shape,
        endUser,
        unmapped);
  }

  /** Whether the model may call a function of the client. */
  public boolean hasFunctions() {
    return tools.stream().anyMatch(Tool.Function.class::isInstance);
  }

  /**
   * Whether the model must call {@code tool}, or can call no other. Then a format without such
   * tools cannot express the request; otherwise it drops the tool and reports that.
   */
  public boolean needs(Tool.Unknown tool) {
    return switch (toolChoice.mode()) {
      case NONE -> false;
      case ONE -> tool.name().equals(toolChoice.only()) || !hasFunctions();
      case AUTO, ANY, UNKNOWN -> !hasFunctions();
    };
  }

  /**
   * The conversation that requests the rest of an answer. The answer's token limit is reduced by
   * the delivered tokens.
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
