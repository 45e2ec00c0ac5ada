package com.langdock.reliability.gateway.front.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.gateway.exchange.FinishReason;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.WholeAnswer;

/** Writes a neutral answer as one response. */
final class GeminiAnswer {
  private GeminiAnswer() {}

  /**
   * The body of the answer.
   *
   * @param showsThoughts whether the client wants to see the model's thinking
   */
  static byte[] of(WholeAnswer.Neutral answer, boolean showsThoughts) {
    AnswerParts parts = new AnswerParts(showsThoughts);
    Piece.Started started = new Piece.Started("", "", 0);
    Piece.Finished finished = new Piece.Finished(FinishReason.STOP, null);
    for (Piece piece : answer.pieces()) {
      if (piece instanceof Piece.Started first) {
        started = first;
      } else if (piece instanceof Piece.Finished last) {
        finished = last;
      } else {
        parts.add(piece);
      }
    }
    return new ResponseJson(started.id(), started.model())
        .last(parts.takeAll(), finished, UsageJson.of(answer.tokens()))
        .getBytes(UTF_8);
  }
}
