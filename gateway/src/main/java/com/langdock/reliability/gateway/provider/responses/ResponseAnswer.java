package com.langdock.reliability.gateway.provider.responses;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.Failure.Unreadable.Why;
import com.langdock.reliability.gateway.exchange.Decoded;
import com.langdock.reliability.gateway.exchange.FinishReason;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.WholeAnswer;
import com.langdock.reliability.gateway.provider.ErrorAnswer;
import com.langdock.reliability.gateway.provider.FunctionNames;
import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads a whole response for a client of another format. */
final class ResponseAnswer {
  private ResponseAnswer() {}

  static Decoded read(TargetRequest request, ReplyHead head, byte[] body) {
    JsonValue root = JsonBody.json(body);
    Failure failure = failure(head, body, root);
    return failure == null
        ? new Decoded.Answered(answer(request, head, Objects.requireNonNull(root)))
        : new Decoded.Failed(failure);
  }

  /** Why {@code body} is no answer; null if it is one. */
  static @Nullable Failure failure(ReplyHead head, byte[] body, @Nullable JsonValue root) {
    boolean hasFailed = JsonFields.isText(root, "status", "failed");
    if (!head.isSuccess() || hasFailed || JsonFields.object(root, "error") != null) {
      return ErrorAnswer.failure(head, root);
    }
    if (JsonFields.isText(root, "status", "cancelled")) {
      return new Failure.Broken();
    }
    JsonValue output = JsonFields.value(root, "output");
    if (output == null || output.kind() != JsonValue.Kind.ARRAY) {
      Why why = JsonBody.isBlank(body) ? Why.EMPTY : Why.NOT_JSON;
      return new Failure.Unreadable(why, head.status());
    }
    return null;
  }

  /** The answer in the response {@code root}. */
  static WholeAnswer.Neutral answer(TargetRequest request, ReplyHead head, JsonValue root) {
    FunctionNames names =
        new FunctionNames(() -> request.exchange().payload().conversation().tools());
    List<Piece> pieces = new ArrayList<>();
    StringBuilder refusal = new StringBuilder();
    boolean hasCalls = false;
    long characters = 0;
    long created = JsonFields.count(root, "created_at");
    pieces.add(
        new Piece.Started(
            textOf(root, "id"),
            request.target().nameInAnswer(textOf(root, "model")),
            created == 0 ? head.receivedAt().getEpochSecond() : created));
    for (JsonValue item : JsonFields.array(root, "output")) {
      hasCalls |= OutputItem.isCall(item);
      refusal.append(OutputItem.refusal(item));
      if (!(OutputItem.block(item) instanceof Piece.Block.Opaque)) {
        for (Piece piece : OutputItem.pieces(item)) {
          characters += piece.text().length();
          pieces.add(named(piece, names));
        }
      }
    }
    pieces.add(
        new Piece.Finished(reason(root, hasCalls), refusal.isEmpty() ? null : refusal.toString()));
    return new WholeAnswer.Neutral(
        pieces, ResponseUsage.of(root, request.exchange().estimatedUsage(characters)));
  }

  private static Piece named(Piece piece, FunctionNames names) {
    return piece instanceof Piece.Opened(Piece.Block.Call call)
        ? new Piece.Opened(
            new Piece.Block.Call(call.id(), names.original(call.name()), call.arguments()))
        : piece;
  }

  private static FinishReason reason(JsonValue root, boolean hasCalls) {
    if (JsonFields.isText(root, "status", "incomplete")) {
      return ResponseEvents.reason(root);
    }
    return hasCalls ? FinishReason.TOOL_CALLS : FinishReason.STOP;
  }

  private static String textOf(@Nullable JsonValue object, String name) {
    return Objects.requireNonNullElse(JsonFields.text(object, name), "");
  }
}
