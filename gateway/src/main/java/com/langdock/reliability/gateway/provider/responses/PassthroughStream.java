package com.langdock.reliability.gateway.provider.responses;

import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.PieceReader;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.gateway.exchange.TargetModel;
import com.langdock.reliability.gateway.provider.RepeatedDelta;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a Responses stream for a client of the Responses API: each event keeps its bytes, except
 * that responses have the client's name of the model.
 */
final class PassthroughStream implements PieceReader {
  /** A type becomes the name of an event, which must not end the line that it stands in. */
  private static final Pattern EVENT_NAME = Pattern.compile("[\\w.]{1,80}");

  private final TargetModel target;
  private final ResponseEvents events;

  /** The last event, if it was a delta; the next one may well differ in its content only. */
  private @Nullable RepeatedDelta repeated;

  PassthroughStream(TargetModel target, ReplyHead head) {
    this.target = target;
    this.events = new ResponseEvents(target, head);
  }

  @Override
  public void read(byte[] data, Consumer<Piece> pieces) {
    Piece again = repeated == null ? null : repeated.read(data);
    if (again != null) {
      pieces.accept(again);
      return;
    }
    repeated = null;
    ResponseEvent event = events.read(data);
    Piece failed = last(event.pieces(), Piece.Failed.class);
    if (failed != null) {
      pieces.accept(failed);
    } else if (EVENT_NAME.matcher(event.type()).matches()) {
      byte[] bytes =
          PassthroughAnswer.renamed(data, JsonFields.object(event.root(), "response"), target);
      Piece.Event passed =
          new Piece.Event(
              event.type(), bytes, event.item(), meaning(event.pieces()), event.tokens());
      repeated = repeatedAfter(passed, event.root());
      pieces.accept(passed);
      Piece ended = last(event.pieces(), Piece.Ended.class);
      if (ended != null) {
        pieces.accept(ended);
      }
    }
  }

  /** Deltas are numbered, and may be padded. */
  private static @Nullable RepeatedDelta repeatedAfter(
      Piece.Event delta, @Nullable JsonValue root) {
    JsonValue padding = JsonFields.value(root, "obfuscation");
    boolean isPadded = padding != null && padding.kind() == JsonValue.Kind.STRING;
    return RepeatedDelta.of(
        delta,
        JsonFields.value(root, "delta"),
        isPadded ? padding : null,
        JsonFields.number(root, "sequence_number"));
  }

  /**
   * An event has one meaning: the most important of its pieces, since what is left out only begins
   * or ends a block. An event that ends the answer and has all of its content is taken for content
   * that no other target can continue.
   */
  private static @Nullable Piece meaning(List<Piece> pieces) {
    Piece finished = last(pieces, Piece.Finished.class);
    if (finished != null) {
      return finished;
    }
    Piece most = null;
    for (Piece piece : pieces) {
      most = most == null || piece.content().compareTo(most.content()) >= 0 ? piece : most;
    }
    return most;
  }

  private static @Nullable Piece last(List<Piece> pieces, Class<? extends Piece> kind) {
    return pieces.stream().filter(kind::isInstance).findFirst().orElse(null);
  }
}
