package com.langdock.reliability.gateway.provider.responses;

import com.langdock.reliability.gateway.exchange.ContentBlock.Signature;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.WireFormat;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonText;
import com.langdock.reliability.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads items of an answer's output as pieces. */
final class OutputItem {
  private static final Piece CLOSED = new Piece.Closed();

  private OutputItem() {}

  /** The block that {@code item} is. */
  static Piece.Block block(@Nullable JsonValue item) {
    return switch (JsonFields.text(item, "type")) {
      case "message" -> new Piece.Block.Text();
      case "reasoning" -> new Piece.Block.Thinking();
      case "function_call", "custom_tool_call" ->
          new Piece.Block.Call(text(item, "call_id"), name(item), "");
      case null, default -> new Piece.Block.Opaque();
    };
  }

  /** The name of a called tool: that of its namespace comes first. */
  private static String name(@Nullable JsonValue item) {
    String namespace = text(item, "namespace");
    return namespace.isEmpty() ? text(item, "name") : namespace + "__" + text(item, "name");
  }

  /** The whole {@code item}. */
  static List<Piece> pieces(JsonValue item) {
    List<Piece> pieces = new ArrayList<>();
    pieces.add(new Piece.Opened(block(item)));
    pieces.addAll(content(item));
    pieces.addAll(end(item));
    return pieces;
  }

  /** The content of the whole {@code item}, but for refusals. */
  static List<Piece> content(JsonValue item) {
    List<Piece> pieces = new ArrayList<>();
    switch (JsonFields.text(item, "type")) {
      case "message" -> {
        for (JsonValue part : JsonFields.array(item, "content")) {
          if (JsonFields.isText(part, "type", "output_text")) {
            add(pieces, text(JsonFields.value(part, "text")));
          }
        }
      }
      case "reasoning" -> {
        String thinking = thoughts(item);
        if (!thinking.isEmpty()) {
          pieces.add(new Piece.Thinking(JsonText.quote(thinking)));
        }
      }
      case "function_call" -> add(pieces, arguments(JsonFields.value(item, "arguments")));
      case "custom_tool_call" -> {
        JsonValue input = JsonFields.value(item, "input");
        String literal = input == null ? "\"\"" : input.raw();
        pieces.add(new Piece.Arguments(JsonText.quote("{\"input\":" + literal + "}")));
      }
      case null, default -> {} // Only this format has its content.
    }
    return pieces;
  }

  /** What ends {@code item}: its signature, if it has one. */
  static List<Piece> end(@Nullable JsonValue item) {
    String encrypted =
        JsonFields.isText(item, "type", "reasoning") ? text(item, "encrypted_content") : "";
    return encrypted.isEmpty()
        ? List.of(CLOSED)
        : List.of(new Piece.Signed(new Signature(WireFormat.RESPONSES, encrypted)), CLOSED);
  }

  /** The text with which the model refused in {@code item}; empty if it did not. */
  static String refusal(JsonValue item) {
    return JsonFields.array(item, "content").stream()
        .filter(part -> JsonFields.isText(part, "type", "refusal"))
        .map(part -> text(part, "refusal"))
        .collect(Collectors.joining());
  }

  /** Whether {@code item} is a call that the client answers. */
  static boolean isCall(@Nullable JsonValue item) {
    return block(item) instanceof Piece.Block.Call;
  }

  /** A piece of text; null if there is none. */
  static @Nullable Piece text(@Nullable JsonValue literal) {
    return literal != null && hasText(literal)
        ? new Piece.Text(literal.text(), literal.raw())
        : null;
  }

  /** A piece of thinking; null if there is none. */
  static @Nullable Piece thinking(@Nullable JsonValue literal) {
    return literal != null && hasText(literal) ? new Piece.Thinking(literal.raw()) : null;
  }

  /** A piece of arguments; null if there is none. */
  static @Nullable Piece arguments(@Nullable JsonValue literal) {
    return literal != null && hasText(literal) ? new Piece.Arguments(literal.raw()) : null;
  }

  /** The summaries of the thinking, else the thinking itself. */
  private static String thoughts(JsonValue item) {
    String summary = joined(item, "summary");
    return summary.isEmpty() ? joined(item, "content") : summary;
  }

  private static String joined(JsonValue item, String field) {
    return JsonFields.array(item, field).stream()
        .map(part -> text(part, "text"))
        .collect(Collectors.joining("\n\n"));
  }

  private static void add(List<Piece> pieces, @Nullable Piece piece) {
    if (piece != null) {
      pieces.add(piece);
    }
  }

  private static boolean hasText(JsonValue literal) {
    return literal.kind() == JsonValue.Kind.STRING && !literal.isEmptyString();
  }

  private static String text(@Nullable JsonValue object, String name) {
    return Objects.requireNonNullElse(JsonFields.text(object, name), "");
  }
}
