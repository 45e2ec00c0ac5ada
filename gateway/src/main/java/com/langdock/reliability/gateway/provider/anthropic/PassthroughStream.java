package com.langdock.reliability.gateway.provider.anthropic;

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
 * Reads a Messages stream for a client of the Messages API: each event keeps its bytes, except that
 * {@code message_start} has the client's name of the model.
 */
final class PassthroughStream implements PieceReader {
  /** A type becomes the name of an event, which must not end the line that it stands in. */
  private static final Pattern EVENT_NAME = Pattern.compile("\\w{1,64}");

  private final TargetModel target;
  private final MessageEvents events;

  /** The last event, if it was a delta; the next one may well differ in its content only. */
  private @Nullable RepeatedDelta repeated;

  PassthroughStream(TargetModel target, ReplyHead head) {
    this.target = target;
    this.events = new MessageEvents(target, head);
  }

  @Override
  public void read(byte[] data, Consumer<Piece> pieces) {
    Piece again = repeated == null ? null : repeated.read(data);
    if (again != null) {
      pieces.accept(again);
      return;
    }
    repeated = null;
    MessageEvent event = events.read(data);
    Piece meaning = meaning(event.pieces());
    if (meaning instanceof Piece.Ended || meaning instanceof Piece.Failed) {
      pieces.accept(meaning);
    } else if (EVENT_NAME.matcher(event.type()).matches()) {
      byte[] bytes = meaning instanceof Piece.Started ? renamed(data, event) : data;
      Piece.Event passed =
          new Piece.Event(event.type(), bytes, block(event), meaning, event.tokens());
      repeated = RepeatedDelta.of(passed, content(meaning, event));
      pieces.accept(passed);
    } else if (event.tokens() != null) {
      pieces.accept(new Piece.Used(event.tokens()));
    }
  }

  /** What a delta adds to its block; null if it has other fields, or none. */
  private static @Nullable JsonValue content(@Nullable Piece meaning, MessageEvent event) {
    JsonValue delta = JsonFields.object(event.root(), "delta");
    return switch (meaning) {
      case Piece.Text text -> JsonFields.value(delta, "text");
      case Piece.Thinking thinking -> JsonFields.value(delta, "thinking");
      case Piece.Arguments arguments -> JsonFields.value(delta, "partial_json");
      case null, default -> null;
    };
  }

  private static int block(MessageEvent event) {
    JsonValue index = JsonFields.number(event.root(), "index");
    return index == null ? Piece.Event.NO_BLOCK : (int) index.number();
  }

  /**
   * An event has one meaning. A block that begins with text, which Anthropic never sends, becomes
   * one that no target can continue, since its text would be missing from what was delivered.
   */
  private static @Nullable Piece meaning(List<Piece> pieces) {
    if (pieces.size() < 2) {
      return pieces.isEmpty() ? null : pieces.getFirst();
    }
    boolean hasText = pieces.stream().anyMatch(piece -> !piece.text().isEmpty());
    return hasText ? new Piece.Opened(new Piece.Block.Opaque()) : pieces.getFirst();
  }

  private byte[] renamed(byte[] data, MessageEvent event) {
    return PassthroughAnswer.renamed(data, JsonFields.object(event.root(), "message"), target);
  }
}
