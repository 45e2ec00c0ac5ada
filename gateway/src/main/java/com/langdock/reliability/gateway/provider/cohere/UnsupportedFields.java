package com.langdock.reliability.gateway.provider.cohere;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.gateway.exchange.AnswerShape;
import com.langdock.reliability.gateway.exchange.ContentBlock;
import com.langdock.reliability.gateway.exchange.Conversation;
import com.langdock.reliability.gateway.exchange.MediaSource;
import com.langdock.reliability.gateway.exchange.Message;
import org.jspecify.annotations.Nullable;

/** Finds fields that request what OpenAI's chats can give and Cohere's cannot. */
final class UnsupportedFields {
  private UnsupportedFields() {}

  /** The first unsupported field of {@code conversation}; null if there is none. */
  static Failure.@Nullable Untranslatable in(Conversation conversation) {
    for (Message message : conversation.messages()) {
      for (ContentBlock block : message.blocks()) {
        String path = unsupported(block);
        if (path != null) {
          return untranslatable(path, "no audio and no files but texts");
        }
      }
    }
    String shape =
        switch (conversation.shape()) {
          case AnswerShape.Text text -> null;
          case AnswerShape.AnyJson json -> json.path();
          case AnswerShape.JsonSchema schema -> schema.path();
          case AnswerShape.Unknown unknown -> unknown.path();
        };
    return shape != null && conversation.hasFunctions()
        ? untranslatable(shape, "no format of an answer beside tools")
        : null;
  }

  private static @Nullable String unsupported(ContentBlock block) {
    return switch (block) {
      case ContentBlock.Media media -> isSupported(media) ? null : media.path();
      case ContentBlock.ToolResult result -> {
        String path = null;
        for (ContentBlock inner : result.blocks()) {
          path = path == null ? unsupported(inner) : path;
        }
        yield path;
      }
      case ContentBlock.Text text -> null;
      case ContentBlock.Refusal refusal -> null;
      case ContentBlock.ToolCall call -> null;
      case ContentBlock.Thinking thinking -> null;
      case ContentBlock.Opaque opaque -> null;
    };
  }

  /** A text document is sent as text. */
  private static boolean isSupported(ContentBlock.Media media) {
    return switch (media.kind()) {
      case IMAGE -> true;
      case AUDIO -> false;
      case FILE -> media.source() instanceof MediaSource.Data data && isText(data.mediaType());
    };
  }

  private static boolean isText(@Nullable String type) {
    return type != null && (type.startsWith("text/") || type.equals("application/json"));
  }

  private static Failure.Untranslatable untranslatable(String field, String what) {
    return new Failure.Untranslatable(
        field, "'" + field + "' cannot be passed on: the provider's API has " + what + ".");
  }
}
