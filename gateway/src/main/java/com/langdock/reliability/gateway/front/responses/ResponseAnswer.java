package com.langdock.reliability.gateway.front.responses;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.gateway.exchange.FinishReason;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.WholeAnswer;
import com.langdock.reliability.json.JsonValue;

/** Writes a neutral answer as a response. */
final class ResponseAnswer {
  private ResponseAnswer() {}

  /** The body of the answer to {@code request}. */
  static byte[] of(WholeAnswer.Neutral answer, JsonValue request) {
    Piece.Started started = new Piece.Started("", "", 0);
    Piece.Finished finished = new Piece.Finished(FinishReason.STOP, null);
    for (Piece piece : answer.pieces()) {
      started = piece instanceof Piece.Started first ? first : started;
      finished = piece instanceof Piece.Finished last ? last : finished;
    }
    ResponseIds ids = new ResponseIds(started, "");
    Output output = new Output(ids, request, ItemListener.NONE);
    answer.pieces().forEach(output::add);
    if (finished.refusal() != null) {
      output.refusal(finished.refusal());
    }
    output.close(ResponseJson.status(finished));
    return new ResponseJson(request, started, ids)
        .ended(finished, output.items(), UsageJson.of(answer.tokens()))
        .getBytes(UTF_8);
  }
}
