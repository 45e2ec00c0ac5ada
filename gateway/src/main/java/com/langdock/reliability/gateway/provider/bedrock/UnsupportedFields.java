package com.langdock.reliability.gateway.provider.bedrock;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.gateway.exchange.ContentBlock;
import com.langdock.reliability.gateway.exchange.Conversation;
import com.langdock.reliability.gateway.exchange.Message;
import com.langdock.reliability.gateway.exchange.WireFormat;
import com.langdock.reliability.gateway.provider.UnsupportedField;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Finds fields that request a result or a guarantee that Bedrock cannot give. The session skips
 * such a target; if no other target is left, the error names the field. Hints are dropped instead:
 * see {@link DroppedFields}.
 */
final class UnsupportedFields {
  private final UnsupportedField first = new UnsupportedField("Bedrock's API");

  private UnsupportedFields() {}

  /** The first unsupported field of {@code conversation}; null if there is none. */
  static Failure.@Nullable Untranslatable in(Conversation conversation) {
    UnsupportedFields fields = new UnsupportedFields();
    fields.first.answer(conversation);
    fields.first.tools(conversation);
    Iterator<Message> messages = conversation.messages().iterator();
    while (messages.hasNext() && fields.first.found() == null) {
      Message message = messages.next();
      message.blocks().forEach(block -> fields.block(block, message.role()));
    }
    return fields.first.found();
  }

  private void block(ContentBlock block, Message.Role role) {
    switch (block) {
      case ContentBlock.Media media -> media(media, role);
      case ContentBlock.ToolResult result -> result.blocks().forEach(inner -> block(inner, role));
      case ContentBlock.Opaque opaque -> {
        if (!isHistory(opaque, role)) {
          first.add(opaque.path(), "has nothing of this type");
        }
      }
      case ContentBlock.Text text -> {}
      case ContentBlock.Refusal refusal -> {}
      case ContentBlock.ToolCall call -> {}
      case ContentBlock.Thinking thinking -> {}
    }
  }

  /**
   * Whether {@code block} only records what the provider of an earlier answer did by itself. A
   * chat's block is a call, whose result follows.
   */
  private static boolean isHistory(ContentBlock.Opaque block, Message.Role role) {
    return role == Message.Role.ASSISTANT && !block.format().equals(WireFormat.CHAT);
  }

  private void media(ContentBlock.Media media, Message.Role role) {
    if (role != Message.Role.USER) {
      first.add(media.path(), "takes no media from this role");
    } else if (Media.of(media) == null) {
      first.add(media.path(), accepted(media.kind()));
    }
  }

  private static String accepted(ContentBlock.MediaKind kind) {
    return switch (kind) {
      case IMAGE -> "takes PNG, JPEG, GIF and WebP data, and fetches no URLs but those of S3";
      case FILE -> "takes PDF, text and office documents, with the data in the request or in S3";
      case AUDIO -> "takes no audio";
    };
  }
}
