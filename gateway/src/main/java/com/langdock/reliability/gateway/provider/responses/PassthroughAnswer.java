package com.langdock.reliability.gateway.provider.responses;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.gateway.exchange.Decoded;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.gateway.exchange.TargetModel;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.TokenReport;
import com.langdock.reliability.gateway.exchange.WholeAnswer;
import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonSplice;
import com.langdock.reliability.json.JsonText;
import com.langdock.reliability.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads a whole response for a client of the Responses API: its bytes are kept, except that it has
 * the client's name of the model. A response in the background has no usage yet.
 */
final class PassthroughAnswer {
  private PassthroughAnswer() {}

  static Decoded read(TargetRequest request, ReplyHead head, byte[] body) {
    JsonValue root = JsonBody.json(body);
    Failure failure = ResponseAnswer.failure(head, body, root);
    if (failure != null) {
      return new Decoded.Failed(failure);
    }
    byte[] json = renamed(body, root, request.target());
    JsonValue response = reread(json);
    Supplier<WholeAnswer.Neutral> neutral = () -> ResponseAnswer.answer(request, head, response);
    return new Decoded.Answered(
        new WholeAnswer.Raw(
            json, response, usage(response, neutral), () -> withUsage(neutral.get())));
  }

  private static Usage usage(JsonValue response, Supplier<WholeAnswer.Neutral> neutral) {
    TokenReport reported = ResponseUsage.of(response);
    if (reported != null) {
      return reported.usage();
    }
    return isUnderWay(response) ? Usage.NONE : neutral.get().usage();
  }

  private static JsonValue reread(byte[] json) {
    return Objects.requireNonNull(JsonBody.json(json));
  }

  private static boolean isUnderWay(JsonValue response) {
    return JsonFields.isText(response, "status", "queued")
        || JsonFields.isText(response, "status", "in_progress");
  }

  /** The bytes with the client's name of the model in {@code response}, which is part of them. */
  static byte[] renamed(byte[] json, @Nullable JsonValue response, TargetModel target) {
    String answered = JsonFields.text(response, "model");
    JsonValue model = JsonFields.value(response, "model");
    if (answered == null || model == null || target.nameInAnswer(answered).equals(answered)) {
      return json;
    }
    return new JsonSplice(json)
        .replace(model, JsonText.quote(target.nameInAnswer(answered)))
        .bytes();
  }

  private static List<Piece> withUsage(WholeAnswer.Neutral neutral) {
    List<Piece> pieces = new ArrayList<>(neutral.pieces());
    pieces.add(new Piece.Used(neutral.tokens()));
    return pieces;
  }
}
