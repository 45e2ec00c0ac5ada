package com.langdock.reliability.gateway.provider.openai;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.gateway.exchange.AnswerShape;
import com.langdock.reliability.gateway.exchange.ContentBlock;
import com.langdock.reliability.gateway.exchange.Conversation;
import com.langdock.reliability.gateway.exchange.Field;
import com.langdock.reliability.gateway.exchange.Message;
import com.langdock.reliability.gateway.exchange.Tool;
import com.langdock.reliability.gateway.exchange.ToolChoice;
import com.langdock.reliability.gateway.exchange.UnmappedField;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds fields that request a result or a guarantee that a chat completion cannot give to a client
 * of another format. The session skips such a target; if no other target is left, the error names
 * the field.
 */
final class UnsupportedInChat {
  private final Set<Feature> features;

  /** The first unsupported field. */
  private Failure.@Nullable Untranslatable found;

  private UnsupportedInChat(Set<Feature> features) {
    this.features = features;
  }

  /** The first unsupported field of {@code conversation}; null if there is none. */
  static Failure.@Nullable Untranslatable in(Conversation conversation, Set<Feature> features) {
    UnsupportedInChat fields = new UnsupportedInChat(features);
    fields.answer(conversation);
    fields.tools(conversation);
    for (Message message : conversation.messages()) {
      message.blocks().forEach(block -> fields.block(block, message.role()));
    }
    return fields.found;
  }

  /** A neutral answer has one choice, without log probabilities. */
  private void answer(Conversation conversation) {
    Field<Long> choices = conversation.options().choices();
    if (choices != null && choices.value() > 1) {
      add(choices.path(), "one choice only");
    }
    Field<Long> logprobs = conversation.options().logprobs();
    if (logprobs != null) {
      add(logprobs.path(), "no log probabilities");
    }
    conversation.unmapped().stream()
        .filter(UnmappedField::isRequired)
        .forEach(field -> add(field.path(), "nothing like it"));
    switch (conversation.shape()) {
      case AnswerShape.Text text -> {}
      case AnswerShape.AnyJson json -> {}
      case AnswerShape.JsonSchema schema -> {
        if (!features.contains(Feature.JSON_SCHEMA)) {
          add(schema.path(), "no schema of an answer");
        }
      }
      case AnswerShape.Unknown unknown -> add(unknown.path(), "no such format of an answer");
    }
  }

  private void tools(Conversation conversation) {
    for (Tool tool : conversation.tools()) {
      if (tool instanceof Tool.Unknown unknown && conversation.needs(unknown)) {
        add(unknown.path(), "no tools but functions");
      }
    }
    ToolChoice choice = conversation.toolChoice();
    if (choice.mode() == ToolChoice.Mode.UNKNOWN && !conversation.tools().isEmpty()) {
      add(choice.path(), "no such choice");
    }
  }

  /** Opaque parts of earlier answers are dropped: their text remains. */
  private void block(ContentBlock block, Message.Role role) {
    switch (block) {
      case ContentBlock.Media media -> {
        if (role != Message.Role.USER || ChatMedia.of(media) == null) {
          add(media.path(), "no such source of media here");
        }
      }
      case ContentBlock.ToolResult result -> result.blocks().forEach(inner -> block(inner, role));
      case ContentBlock.Opaque opaque -> {
        if (role != Message.Role.ASSISTANT) {
          add(opaque.path(), "nothing of this type");
        }
      }
      case ContentBlock.Text text -> {}
      case ContentBlock.Refusal refusal -> {}
      case ContentBlock.ToolCall call -> {}
      case ContentBlock.Thinking thinking -> {}
    }
  }

  private void add(String field, String what) {
    if (found == null) {
      String message = "'" + field + "' cannot be passed on: the provider's API has " + what + ".";
      found = new Failure.Untranslatable(field, message);
    }
  }
}
