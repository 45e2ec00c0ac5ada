package com.langdock.reliability.gateway.provider.anthropic;

import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.gateway.exchange.Decoded;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.gateway.exchange.TargetModel;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.WholeAnswer;
import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonSplice;
import com.langdock.reliability.json.JsonText;
import com.langdock.reliability.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads a whole answer for a client of the Messages API: its bytes are kept, except that it has the
 * client's name of the model.
 */
final class PassthroughAnswer {
  private PassthroughAnswer() {}

  static Decoded read(TargetRequest request, ReplyHead head, byte[] body) {
    JsonValue root = JsonBody.json(body);
    if (request.exchange().task() == Exchange.Task.COUNT_TOKENS
        && head.isSuccess()
        && JsonFields.number(root, "input_tokens") != null) {
      return count(body, Objects.requireNonNull(root));
    }
    Decoded decoded = MessageAnswer.read(request, head, body, null);
    if (decoded instanceof Decoded.Answered answered
        && answered.answer() instanceof WholeAnswer.Neutral neutral) {
      return answered(renamed(body, root, request.target()), neutral);
    }
    return decoded;
  }

  /** The message in {@code json}, whose meaning is {@code neutral}. */
  static Decoded answered(byte[] json, WholeAnswer.Neutral neutral) {
    JsonValue root = Objects.requireNonNull(JsonBody.json(json));
    return new Decoded.Answered(
        new WholeAnswer.Raw(json, root, neutral.usage(), () -> withUsage(neutral)));
  }

  private static Decoded count(byte[] json, JsonValue root) {
    return new Decoded.Answered(new WholeAnswer.Raw(json, root, Usage.NONE, List::of));
  }

  /** The bytes with the client's name of the model in {@code message}, which is part of them. */
  static byte[] renamed(byte[] json, @Nullable JsonValue message, TargetModel target) {
    String answered = JsonFields.text(message, "model");
    JsonValue model = JsonFields.value(message, "model");
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
