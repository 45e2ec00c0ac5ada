package com.langdock.reliability.gateway.provider.openai;

import com.langdock.reliability.gateway.exchange.Decoded;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.WholeAnswer;
import com.langdock.reliability.gateway.provider.FunctionNames;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a whole answer in OpenAI's format for a client of another format: {@link OpenAiAnswer}
 * reads and repairs it, and its first choice becomes neutral pieces.
 */
final class NeutralAnswer {
  private NeutralAnswer() {}

  static Decoded read(TargetRequest request, ReplyHead head, byte[] body) {
    Decoded decoded = OpenAiAnswer.read(request, head, body);
    return decoded instanceof Decoded.Answered answered
            && answered.answer() instanceof WholeAnswer.Raw answer
        ? new Decoded.Answered(neutral(request, head, answer))
        : decoded;
  }

  private static WholeAnswer neutral(
      TargetRequest request, ReplyHead head, WholeAnswer.Raw answer) {
    List<Piece> pieces = new ArrayList<>();
    NeutralContent content =
        new NeutralContent(
            new FunctionNames(() -> request.exchange().payload().conversation().tools()));
    JsonValue choice = JsonFields.array(answer.root(), "choices").getFirst();
    JsonValue message = JsonFields.object(choice, "message");
    long received = head.receivedAt().getEpochSecond();
    content.start(answer.root(), request.target().name(), received, pieces::add);
    if (message != null) {
      content.read(message, pieces::add);
    }
    String reason = JsonFields.text(choice, "finish_reason");
    content.finish(reason == null ? "stop" : reason, pieces::add);
    JsonValue usage = JsonFields.object(answer.root(), "usage");
    return new WholeAnswer.Neutral(pieces, OpenAiUsage.neutral(answer.usage(), usage));
  }
}
