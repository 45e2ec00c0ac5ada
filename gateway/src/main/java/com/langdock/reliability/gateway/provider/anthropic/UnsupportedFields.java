package com.langdock.reliability.gateway.provider.anthropic;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.gateway.exchange.AnswerShape;
import com.langdock.reliability.gateway.exchange.ContentBlock;
import com.langdock.reliability.gateway.exchange.Conversation;
import com.langdock.reliability.gateway.exchange.Field;
import com.langdock.reliability.gateway.exchange.Message;
import com.langdock.reliability.gateway.exchange.Tool;
import com.langdock.reliability.gateway.exchange.ToolChoice;
import com.langdock.reliability.gateway.exchange.UnmappedField;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Finds fields that request a result or a guarantee that Anthropic's API cannot give. The session
 * skips such a target; if no other target is left, the error names the field. Hints are dropped
 * instead: see {@link DroppedFields}.
 */
final class UnsupportedFields {
  /** The first unsupported field. */
  private Failure.@Nullable Untranslatable found;

  private UnsupportedFields() {}

  /** The first unsupported field of {@code conversation}; null if there is none. */
  static Failure.@Nullable Untranslatable in(Conversation conversation) {
    UnsupportedFields fields = new UnsupportedFields();
    fields.answer(conversation);
    fields.tools(conversation);
    Iterator<Message> messages = conversation.messages().iterator();
    while (messages.hasNext() && fields.found == null) {
      Message message = messages.next();
      message.blocks().forEach(block -> fields.block(block, message.role()));
    }
    return fields.found;
  }

  private void answer(Conversation conversation) {
    Field<Long> choices = conversation.options().choices();
    if (choices != null && choices.value() > 1) {
      add(choices.path(), "gives one choice only");
    }
    Field<Long> logprobs = conversation.options().logprobs();
    if (logprobs != null) {
      add(logprobs.path(), "reports no log probabilities");
    }
    conversation.unmapped().stream()
        .filter(UnmappedField::isRequired)
        .forEach(field -> add(field.path(), "has nothing like it"));
    if (conversation.shape() instanceof AnswerShape.Unknown shape) {
      add(shape.path(), "has no such format of an answer");
    }
  }

  private void tools(Conversation conversation) {
    for (Tool tool : conversation.tools()) {
      if (tool instanceof Tool.Unknown unknown && conversation.needs(unknown)) {
        add(unknown.path(), "knows no tools but functions");
      }
    }
    ToolChoice choice = conversation.toolChoice();
    if (choice.mode() == ToolChoice.Mode.UNKNOWN && !conversation.tools().isEmpty()) {
      add(choice.path(), "has no such choice");
    }
  }

  private void block(ContentBlock block, Message.Role role) {
    switch (block) {
      case ContentBlock.Media media -> media(media, role);
      case ContentBlock.ToolResult result -> result.blocks().forEach(inner -> block(inner, role));
      case ContentBlock.Opaque opaque -> add(opaque.path(), "has nothing of this type");
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
    add(
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

  private void add(String field, String what) {
    if (found == null) {
      String message = "'" + field + "' cannot be passed on: Anthropic's API " + what + ".";
      found = new Failure.Untranslatable(field, message);
    }
  }
}
