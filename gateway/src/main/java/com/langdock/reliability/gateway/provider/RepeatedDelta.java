package com.langdock.reliability.gateway.provider;

import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.json.JsonString;
import com.langdock.reliability.json.JsonValue;
import com.langdock.reliability.json.RepeatedJson;
import org.jspecify.annotations.Nullable;

/**
 * Reads a delta that differs from the one before it in its content only, or in fields that do not
 * matter too, as most do, without reading its JSON. Such a delta changes nothing that the reader of
 * a stream remembers.
 */
public final class RepeatedDelta {
  private final RepeatedJson json;
  private final Piece.Event last;

  private RepeatedDelta(RepeatedJson json, Piece.Event last) {
    this.json = json;
    this.last = last;
  }

  /** What to expect after {@code event}; null if {@code content} is not what the event means. */
  public static @Nullable RepeatedDelta of(Piece.Event event, @Nullable JsonValue content) {
    return of(event, content, null, null);
  }

  /**
   * The same for events with further fields.
   *
   * @param content the event's content, which differs
   * @param padding a string that may differ too; null if there is none
   * @param counter a number that may differ too; null if there is none
   */
  public static @Nullable RepeatedDelta of(
      Piece.Event event,
      @Nullable JsonValue content,
      @Nullable JsonValue padding,
      @Nullable JsonValue counter) {
    if (content == null
        || content.isEmptyString()
        || !content.raw().equals(literal(event.meaning()))) {
      return null;
    }
    return new RepeatedDelta(new RepeatedJson(event.bytes(), content, padding, counter), event);
  }

  private static @Nullable String literal(@Nullable Piece meaning) {
    return switch (meaning) {
      case Piece.Text text -> text.literal();
      case Piece.Thinking thinking -> thinking.literal();
      case Piece.Arguments arguments -> arguments.literal();
      case null, default -> null;
    };
  }

  /** The next event; null if it differs in more. */
  public Piece.@Nullable Event read(byte[] data) {
    JsonString content = json.in(data);
    return content == null || content.isEmpty()
        ? null
        : new Piece.Event(last.name(), data, last.block(), meaning(content), null);
  }

  private @Nullable Piece meaning(JsonString content) {
    return switch (last.meaning()) {
      case Piece.Text text -> new Piece.Text(content.text(), content.raw());
      case Piece.Thinking thinking -> new Piece.Thinking(content.raw());
      case Piece.Arguments arguments -> new Piece.Arguments(content.raw());
      case null, default -> null;
    };
  }
}
