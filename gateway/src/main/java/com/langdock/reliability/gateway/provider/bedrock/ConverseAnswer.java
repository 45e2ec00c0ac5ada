package com.langdock.reliability.gateway.provider.bedrock;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.Failure.Unreadable.Why;
import com.langdock.reliability.gateway.exchange.Decoded;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.TokenReport;
import com.langdock.reliability.gateway.exchange.WholeAnswer;
import com.langdock.reliability.gateway.provider.ErrorAnswer;
import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a whole answer. */
final class ConverseAnswer {
  private final ConversePieces answer;
  private final List<Piece> pieces = new ArrayList<>();

  private ConverseAnswer(TargetRequest request, ReplyHead head) {
    this.answer = new ConversePieces(request, head);
  }

  static Decoded read(TargetRequest request, ReplyHead head, byte[] body) {
    JsonValue root = JsonBody.json(body);
    if (!head.isSuccess()) {
      return new Decoded.Failed(ErrorAnswer.failure(head, root));
    }
    JsonValue message = JsonFields.object(JsonFields.object(root, "output"), "message");
    if (message != null) {
      return new ConverseAnswer(request, head).read(request, root, message);
    }
    if (JsonFields.value(root, "message") != null || JsonFields.value(root, "error") != null) {
      return new Decoded.Failed(ErrorAnswer.failure(head, root));
    }
    Why why = JsonBody.isBlank(body) ? Why.EMPTY : Why.NOT_JSON;
    return new Decoded.Failed(new Failure.Unreadable(why, head.status()));
  }

  private Decoded read(TargetRequest request, @Nullable JsonValue root, JsonValue message) {
    answer.start(pieces::add);
    JsonFields.array(message, "content").forEach(this::add);
    answer.finish(JsonFields.text(root, "stopReason"), pieces::add);
    if (pieces.getLast() instanceof Piece.Failed failed) {
      return new Decoded.Failed(failed.failure());
    }
    TokenReport used = ConverseUsage.of(root);
    if (used.usage().isNone()) {
      long characters = pieces.stream().mapToLong(piece -> piece.text().length()).sum();
      used = ConverseUsage.of(request.exchange().estimatedUsage(characters));
    }
    return new Decoded.Answered(new WholeAnswer.Neutral(pieces, used));
  }

  private void add(JsonValue block) {
    answer.text(JsonFields.value(block, "text"), pieces::add);
    JsonValue call = JsonFields.object(block, "toolUse");
    if (call != null) {
      JsonValue input = JsonFields.object(call, "input");
      answer.call(call, input == null ? "{}" : input.raw(), pieces::add);
    }
    JsonValue thinking = JsonFields.object(block, "reasoningContent");
    if (thinking != null) {
      JsonValue text = JsonFields.object(thinking, "reasoningText");
      answer.thinking(
          JsonFields.value(text, "text"), JsonFields.text(text, "signature"), pieces::add);
      if (JsonFields.text(thinking, "redactedContent") != null) {
        answer.redacted(pieces::add);
      }
    }
    answer.close(pieces::add);
  }
}
