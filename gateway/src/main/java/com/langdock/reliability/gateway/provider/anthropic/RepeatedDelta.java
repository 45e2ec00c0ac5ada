package com.langdock.reliability.gateway.provider.anthropic;

import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonString;
import com.langdock.reliability.json.JsonValue;
import com.langdock.reliability.json.RepeatedJson;
import org.jspecify.annotations.Nullable;

/**
 * Reads a delta that differs from the one before it in its content only, as most do, without
 * reading its JSON. A delta changes nothing that the reader of a stream remembers.
 */
final class RepeatedDelta {
  private final RepeatedJson json;
  private final Piece.Event last;

  private RepeatedDelta(RepeatedJson json, Piece.Event last) {
    this.json = json;
    this.last = last;
  }

  /** What to expect after {@code event}, whose JSON is {@code root}; null if it is no delta. */
  static @Nullable RepeatedDelta of(Piece.Event event, @Nullable JsonValue root) {
    JsonValue content = content(event.meaning(), JsonFields.object(root, "delta"));
    return content == null
        ? null
        : new RepeatedDelta(new RepeatedJson(event.bytes(), content, null), event);
  }

  private static @Nullable JsonValue content(@Nullable Piece meaning, @Nullable JsonValue delta) {
    return switch (meaning) {
      case Piece.Text text -> literal(delta, "text", text.literal());
      case Piece.Thinking thinking -> literal(delta, "thinking", thinking.literal());
      case Piece.Arguments arguments -> literal(delta, "partial_json", arguments.literal());
      case null, default -> null;
    };
  }

  /**
   * The field of {@code delta} if it is what the piece has; it is not in blocks of one API only.
   */
  private static @Nullable JsonValue literal(
      @Nullable JsonValue delta, String field, String literal) {
    JsonValue value = JsonFields.value(delta, field);
    boolean isContent = value != null && !value.isEmptyString() && value.raw().equals(literal);
    return isContent ? value : null;
  }

  /** The next event; null if it differs in more. */
  Piece.@Nullable Event read(byte[] data) {
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
