package com.langdock.reliability.gateway.provider;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.Failure.Unreadable.Why;
import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.gateway.exchange.Decoded;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.PieceReader;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.gateway.exchange.SseReader;
import com.langdock.reliability.gateway.exchange.TokenReport;
import com.langdock.reliability.gateway.exchange.WholeAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Assembles a whole neutral answer from a stream, for a provider that streams without being asked
 * to. A stream that breaks or fails is a failure.
 */
public final class StreamedPieces {
  private final List<Piece> pieces = new ArrayList<>();
  private TokenReport tokens = new TokenReport(Usage.NONE, OptionalLong.empty(), null);
  private @Nullable Failure failure;
  private boolean finished;

  private StreamedPieces() {}

  /** Reads the whole stream in {@code body}. */
  public static Decoded read(PieceReader reader, ReplyHead head, byte[] body) {
    StreamedPieces answer = new StreamedPieces();
    SseReader frames = new SseReader(data -> reader.read(data, answer::add));
    boolean fits = frames.read(body);
    frames.end();
    return answer.decoded(fits, head);
  }

  private void add(Piece piece) {
    switch (piece) {
      case Piece.Used used -> tokens = larger(used.tokens());
      case Piece.Failed failed ->
          failure = failure == null && !finished ? failed.failure() : failure;
      case Piece.Ended ended -> {}
      case Piece.Finished reason -> {
        finished = true;
        pieces.add(reason);
      }
      case Piece.Raw raw -> pieces.add(raw);
      case Piece.Event event -> pieces.add(event);
      case Piece.Signed signed -> pieces.add(signed);
      case Piece.Started started -> pieces.add(started);
      case Piece.Opened opened -> pieces.add(opened);
      case Piece.Text text -> pieces.add(text);
      case Piece.Thinking thinking -> pieces.add(thinking);
      case Piece.Arguments arguments -> pieces.add(arguments);
      case Piece.Closed closed -> pieces.add(closed);
    }
  }

  private TokenReport larger(TokenReport latest) {
    return latest.usage().totalTokens() >= tokens.usage().totalTokens() ? latest : tokens;
  }

  private Decoded decoded(boolean fits, ReplyHead head) {
    if (failure != null) {
      return new Decoded.Failed(failure);
    }
    if (!fits || pieces.isEmpty()) {
      return new Decoded.Failed(
          new Failure.Unreadable(fits ? Why.EMPTY : Why.TOO_LARGE, head.status()));
    }
    return finished
        ? new Decoded.Answered(new WholeAnswer.Neutral(pieces, tokens))
        : new Decoded.Failed(new Failure.Broken());
  }
}
