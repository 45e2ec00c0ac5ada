package com.langdock.reliability.gateway.provider.forward;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.Piece.Content;
import com.langdock.reliability.gateway.exchange.PieceReader;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.gateway.exchange.TargetModel;
import com.langdock.reliability.gateway.exchange.TokenReport;
import com.langdock.reliability.gateway.provider.ErrorAnswer;
import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonSplice;
import com.langdock.reliability.json.JsonValue;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a stream of completions. Chunks keep their bytes except the model's name and the usage,
 * which chunks in the shape of a chat keep too.
 */
final class CompletionStream implements PieceReader {
  private final TargetModel target;
  private final ReplyHead head;
  private final boolean isOfChat;

  CompletionStream(TargetModel target, ReplyHead head) {
    this(target, head, false);
  }

  private CompletionStream(TargetModel target, ReplyHead head, boolean isOfChat) {
    this.target = target;
    this.head = head;
    this.isOfChat = isOfChat;
  }

  /** A reader of chunks in the shape of a chat. */
  static CompletionStream ofChat(TargetModel target, ReplyHead head) {
    return new CompletionStream(target, head, true);
  }

  @Override
  public void read(byte[] data, Consumer<Piece> pieces) {
    if (new String(data, 0, Math.min(data.length, 6), UTF_8).equals("[DONE]")) {
      pieces.accept(new Piece.Ended());
      return;
    }
    JsonValue root = JsonBody.json(data);
    if (root == null) {
      pieces.accept(
          new Piece.Failed(new Failure.Unreadable(Failure.Unreadable.Why.NOT_JSON, head.status())));
    } else if (JsonFields.value(root, "error") != null
        || JsonFields.isText(root, "object", "error")) {
      pieces.accept(new Piece.Failed(ErrorAnswer.failure(head, root)));
    } else {
      chunk(data, root, pieces);
    }
  }

  private void chunk(byte[] data, JsonValue root, Consumer<Piece> pieces) {
    List<JsonValue> choices = JsonFields.array(root, "choices");
    TokenReport tokens = tokens(JsonFields.object(root, "usage"));
    if (choices.isEmpty()) {
      if (tokens != null) {
        pieces.accept(new Piece.Used(tokens));
      }
      return;
    }
    JsonSplice splice = new JsonSplice(data);
    JsonAnswer.rename(splice, root, target);
    if (!isOfChat) {
      splice.remove(root, "usage");
    }
    pieces.accept(
        new Piece.Raw(splice.bytes(), text(choices), content(choices), ends(choices), tokens));
  }

  private static @Nullable TokenReport tokens(@Nullable JsonValue usage) {
    return usage == null ? null : TokenReport.raw(ReportedUsage.of(usage), usage.raw());
  }

  private @Nullable String textOf(JsonValue choice) {
    return isOfChat
        ? JsonFields.text(JsonFields.object(choice, "delta"), "content")
        : JsonFields.text(choice, "text");
  }

  /** The text that the first of several choices gets. */
  private String text(List<JsonValue> choices) {
    for (JsonValue choice : choices) {
      String text = textOf(choice);
      if (text != null && JsonFields.count(choice, "index") == 0) {
        return text;
      }
    }
    return "";
  }

  /** Text with probabilities, or of another choice, cannot be continued. */
  private Content content(List<JsonValue> choices) {
    Content content = Content.NONE;
    for (JsonValue choice : choices) {
      String text = textOf(choice);
      boolean isPlain =
          JsonFields.count(choice, "index") == 0 && JsonFields.object(choice, "logprobs") == null;
      if (text != null && !text.isEmpty() && content != Content.OTHER) {
        content = isPlain ? Content.TEXT : Content.OTHER;
      }
    }
    return content;
  }

  private static int ends(List<JsonValue> choices) {
    int ended = 0;
    for (JsonValue choice : choices) {
      String reason = JsonFields.text(choice, "finish_reason");
      ended += reason == null || reason.isEmpty() ? 0 : 1;
    }
    return ended;
  }
}
