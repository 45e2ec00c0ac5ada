package com.langdock.reliability.gateway.provider.responses;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.ModelTraits;
import com.langdock.reliability.gateway.exchange.ContentBlock;
import com.langdock.reliability.gateway.exchange.Conversation;
import com.langdock.reliability.gateway.exchange.Field;
import com.langdock.reliability.gateway.exchange.Message;
import com.langdock.reliability.gateway.provider.UnsupportedField;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds fields that request a result or a guarantee that a response cannot give to a client of
 * another format. The session skips such a target; if no other target is left, the error names the
 * field.
 */
final class UnsupportedFields {
  private final UnsupportedField first = new UnsupportedField("OpenAI's Responses API");

  private UnsupportedFields() {}

  /** The first unsupported field of {@code conversation}; null if there is none. */
  static Failure.@Nullable Untranslatable in(Conversation conversation, ModelTraits traits) {
    UnsupportedFields fields = new UnsupportedFields();
    fields.first.answer(conversation);
    fields.first.tools(conversation);
    fields.stop(conversation, traits);
    for (Message message : conversation.messages()) {
      message.blocks().forEach(block -> fields.block(block, message.role()));
    }
    return fields.first.found();
  }

  /** OpenAI's reasoning models have no stop sequences anywhere. */
  private void stop(Conversation conversation, ModelTraits traits) {
    Field<List<String>> stop = conversation.options().sampling().stop();
    if (stop != null
        && traits.sampling() != ModelTraits.Sampling.NONE
        && stop.value().stream().anyMatch(word -> !word.isEmpty())) {
      first.add(stop.path(), "has no stop sequences");
    }
  }

  private void block(ContentBlock block, Message.Role role) {
    switch (block) {
      case ContentBlock.Media media -> {
        if (role != Message.Role.USER) {
          first.add(media.path(), "takes no media from this role");
        } else if (InputPart.of(media) == null) {
          first.add(media.path(), accepted(media.kind()));
        }
      }
      case ContentBlock.ToolResult result -> result.blocks().forEach(inner -> block(inner, role));
      case ContentBlock.Opaque opaque -> {
        if (role != Message.Role.ASSISTANT) {
          first.add(opaque.path(), "has nothing of this type");
        }
      }
      case ContentBlock.Text text -> {}
      case ContentBlock.Refusal refusal -> {}
      case ContentBlock.ToolCall call -> {}
      case ContentBlock.Thinking thinking -> {}
    }
  }

  private static String accepted(ContentBlock.MediaKind kind) {
    return switch (kind) {
      case IMAGE -> "takes images by URL, or as data of a known type";
      case FILE -> "takes files by URL, or as data of a known type";
      case AUDIO -> "takes no audio";
    };
  }
}
