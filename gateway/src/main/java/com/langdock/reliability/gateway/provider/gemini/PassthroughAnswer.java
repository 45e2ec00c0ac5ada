package com.langdock.reliability.gateway.provider.gemini;

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

/**
 * Reads a whole answer for a client of Gemini's API: its bytes are kept, except that it has the
 * client's name of the model.
 */
final class PassthroughAnswer {
  private static final String MODEL = "modelVersion";

  private PassthroughAnswer() {}

  static Decoded read(TargetRequest request, ReplyHead head, byte[] body) {
    JsonValue root = JsonBody.json(body);
    if (request.exchange().task() == Exchange.Task.COUNT_TOKENS
        && head.isSuccess()
        && JsonFields.number(root, "totalTokens") != null) {
      JsonValue count = Objects.requireNonNull(root);
      return new Decoded.Answered(new WholeAnswer.Raw(body, count, Usage.NONE, List::of));
    }
    Decoded decoded = GenerateAnswer.read(request, head, body);
    if (root != null
        && root.kind() == JsonValue.Kind.OBJECT
        && decoded instanceof Decoded.Answered answered
        && answered.answer() instanceof WholeAnswer.Neutral neutral) {
      return answered(renamed(body, root, request.target()), neutral);
    }
    return decoded;
  }

  private static Decoded answered(byte[] json, WholeAnswer.Neutral neutral) {
    JsonValue root = Objects.requireNonNull(JsonBody.json(json));
    return new Decoded.Answered(
        new WholeAnswer.Raw(json, root, neutral.usage(), () -> withUsage(neutral)));
  }

  /** The bytes of {@code response} with the client's name of the model. */
  static byte[] renamed(byte[] json, JsonValue response, TargetModel target) {
    JsonValue version = JsonFields.value(response, MODEL);
    String answered = JsonFields.text(response, MODEL);
    return version == null || answered == null || target.nameInAnswer(answered).equals(answered)
        ? json
        : new JsonSplice(json)
            .replace(version, JsonText.quote(target.nameInAnswer(answered)))
            .bytes();
  }

  private static List<Piece> withUsage(WholeAnswer.Neutral neutral) {
    List<Piece> pieces = new ArrayList<>(neutral.pieces());
    pieces.add(new Piece.Used(neutral.tokens()));
    return pieces;
  }
}
