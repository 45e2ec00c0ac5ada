package com.langdock.reliability.gateway.provider.responses;

import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonString;
import com.langdock.reliability.json.JsonValue;
import com.langdock.reliability.json.RepeatedJson;
import org.jspecify.annotations.Nullable;

/**
 * Reads a delta that differs from the one before it in its content, its number and its padding
 * only, as most do, without reading its JSON. A delta after the first one of a part changes nothing
 * that the reader of a stream remembers.
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
    JsonValue delta = JsonFields.value(root, "delta");
    if (delta == null || !isContent(event.meaning(), delta)) {
      return null;
    }
    JsonValue padding = JsonFields.value(root, "obfuscation");
    boolean isPadded = padding != null && padding.kind() == JsonValue.Kind.STRING;
    JsonValue number = JsonFields.number(root, "sequence_number");
    return new RepeatedDelta(
        new RepeatedJson(event.bytes(), delta, isPadded ? padding : null, number), event);
  }

  private static boolean isContent(@Nullable Piece meaning, JsonValue delta) {
    String literal =
        switch (meaning) {
          case Piece.Text text -> text.literal();
          case Piece.Thinking thinking -> thinking.literal();
          case Piece.Arguments arguments -> arguments.literal();
          case null, default -> null;
        };
    return !delta.isEmptyString() && delta.raw().equals(literal);
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
