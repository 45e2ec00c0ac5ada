package com.langdock.reliability.gateway.provider.anthropic;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.gateway.exchange.ContentBlock;
import com.langdock.reliability.gateway.exchange.Conversation;
import com.langdock.reliability.gateway.exchange.Message;
import com.langdock.reliability.gateway.provider.UnsupportedField;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Finds fields that request a result or a guarantee that Anthropic's API cannot give. The session
 * skips such a target; if no other target is left, the error names the field. Hints are dropped
 * instead: see {@link DroppedFields}.
 */
final class UnsupportedFields {
  private final UnsupportedField first = new UnsupportedField("Anthropic's API");

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
      case ContentBlock.Opaque opaque -> first.add(opaque.path(), "has nothing of this type");
      case ContentBlock.Text text -> {}
      case ContentBlock.Refusal refusal -> {}
      case ContentBlock.ToolCall call -> {}
      case ContentBlock.Thinking thinking -> {}
    }
  }

  private void media(ContentBlock.Media media, Message.Role role) {
    boolean isSupported = role == Message.Role.USER && Media.of(media) != null;
    if (!isSupported) {
      add(media.path(), media.kind(), role);
    }
  }

  private void add(String field, ContentBlock.MediaKind kind, Message.Role role) {
    boolean byUser = role == Message.Role.USER;
    first.add(
        field,
        switch (kind) {
          case IMAGE ->
              byUser
                  ? "takes JPEG, PNG, GIF and WebP data, and http URLs"
                  : "takes no images from this role";
          case FILE ->
              byUser
                  ? "takes PDF and text, with the data in the request"
                  : "takes no files from this role";
          case AUDIO -> "takes no audio";
        });
  }
}
