package com.langdock.reliability.gateway.provider.anthropic;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.gateway.exchange.ContentBlock;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.gateway.exchange.TargetModel;
import com.langdock.reliability.gateway.exchange.TokenReport;
import com.langdock.reliability.gateway.exchange.WireFormat;
import com.langdock.reliability.gateway.provider.ErrorAnswer;
import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the events of one Messages stream.
 *
 * <p>Events and deltas of unknown types, and objects without a type, have no meaning, as
 * Anthropic's versioning rules require. The usage of the last {@code message_delta} covers the
 * whole answer; counts that it omits come from {@code message_start}.
 *
 * <p>Every block of a type without a neutral kind is {@link Piece.Block.Opaque}. Its deltas are
 * {@link Piece.Arguments}, so that they count as content which no other target can continue.
 */
final class MessageEvents {
  /** The events that are invalid before {@code message_start}. */
  private static final Set<String> MESSAGE_EVENTS =
      Set.of("content_block_start", "content_block_delta", "content_block_stop", "message_delta");

  private static final String NO_TEXT = "\"\"";

  private final TargetModel target;
  private final ReplyHead head;

  private Piece.@Nullable Block open;
  private boolean hasCalls;
  private @Nullable String startedId;
  private @Nullable JsonValue usageAtStart;

  MessageEvents(TargetModel target, ReplyHead head) {
    this.target = target;
    this.head = head;
  }

  /** Reads the next event. */
  MessageEvent read(byte[] data) {
    JsonValue event = JsonBody.json(data);
    if (event == null || !isObjectOrNull(event)) {
      return unreadable();
    }
    String type = JsonFields.text(event, "type");
    if (type == null) {
      return JsonFields.value(event, "error") == null
          ? MessageEvent.of("", event)
          : of("error", event, failed(event));
    }
    return startedId == null && MESSAGE_EVENTS.contains(type) ? unreadable() : read(type, event);
  }

  private static boolean isObjectOrNull(JsonValue event) {
    return event.kind() == JsonValue.Kind.OBJECT || event.kind() == JsonValue.Kind.NULL;
  }

  private MessageEvent read(String type, JsonValue event) {
    return switch (type) {
      case "message_start" -> start(event, JsonFields.object(event, "message"));
      case "content_block_start" -> blockStart(event, JsonFields.object(event, "content_block"));
      case "content_block_delta" -> of(type, event, delta(JsonFields.object(event, "delta")));
      case "content_block_stop" -> blockStop(event);
      case "message_delta" -> finish(event, JsonFields.object(event, "delta"));
      case "message_stop" -> of(type, event, new Piece.Ended());
      case "error" -> of(type, event, failed(event));
      default -> MessageEvent.of(type, event);
    };
  }

  /** Some servers repeat the event, which clients do not accept. */
  private MessageEvent start(JsonValue event, @Nullable JsonValue message) {
    String id = textOf(message, "id");
    usageAtStart = JsonFields.object(message, "usage");
    TokenReport tokens = usageAtStart == null ? null : tokens(null);
    if (startedId != null) {
      return startedId.equals(id)
          ? new MessageEvent("", event, List.of(), tokens)
          : unreadable(); // another answer begins inside this one
    }
    startedId = id;
    String model = target.nameInAnswer(textOf(message, "model"));
    Piece started = new Piece.Started(id, model, head.receivedAt().getEpochSecond());
    return new MessageEvent("message_start", event, List.of(started), tokens);
  }

  private MessageEvent blockStart(JsonValue event, @Nullable JsonValue block) {
    List<Piece> pieces = new ArrayList<>(1);
    Piece.Block kind = kind(block);
    open = kind;
    pieces.add(new Piece.Opened(kind));
    add(pieces, content(kind, block));
    if (kind instanceof Piece.Block.Thinking) {
      add(pieces, signature(block));
    }
    return new MessageEvent("content_block_start", event, pieces, null);
  }

  private Piece.Block kind(@Nullable JsonValue block) {
    return switch (JsonFields.text(block, "type")) {
      case "text" -> new Piece.Block.Text();
      case "thinking", "redacted_thinking" -> new Piece.Block.Thinking();
      case "tool_use" -> {
        hasCalls = true;
        JsonValue input = JsonFields.object(block, "input");
        String whole = input == null || input.isEmpty() ? "" : input.raw();
        yield new Piece.Block.Call(textOf(block, "id"), textOf(block, "name"), whole);
      }
      case null, default -> new Piece.Block.Opaque();
    };
  }

  /** The content that a block begins with; usually none. */
  private static @Nullable Piece content(Piece.Block kind, @Nullable JsonValue block) {
    return switch (kind) {
      case Piece.Block.Text text -> text(block);
      case Piece.Block.Thinking thinking -> thinking(block);
      case Piece.Block.Call call -> null;
      case Piece.Block.Opaque opaque -> null;
    };
  }

  private @Nullable Piece delta(@Nullable JsonValue delta) {
    if (open instanceof Piece.Block.Opaque) {
      return new Piece.Arguments(NO_TEXT);
    }
    return switch (JsonFields.text(delta, "type")) {
      case "text_delta" -> text(delta);
      case "thinking_delta" -> thinking(delta);
      case "signature_delta" -> signature(delta);
      case "input_json_delta" -> open instanceof Piece.Block.Call ? arguments(delta) : null;
      case null, default -> null;
    };
  }

  private static @Nullable Piece text(@Nullable JsonValue from) {
    JsonValue literal = JsonFields.value(from, "text");
    String text = literal == null ? "" : literal.text();
    return literal == null || text.isEmpty() ? null : new Piece.Text(text, literal.raw());
  }

  private static @Nullable Piece thinking(@Nullable JsonValue from) {
    JsonValue literal = JsonFields.value(from, "thinking");
    return literal == null || literal.text().isEmpty() ? null : new Piece.Thinking(literal.raw());
  }

  /** The signature of {@code from}: a block of an answer, or its delta; null if it has none. */
  static Piece.@Nullable Signed signature(@Nullable JsonValue from) {
    String value = JsonFields.text(from, "signature");
    return value == null || value.isEmpty()
        ? null
        : new Piece.Signed(new ContentBlock.Signature(WireFormat.MESSAGES, value));
  }

  private static @Nullable Piece arguments(@Nullable JsonValue from) {
    JsonValue literal = JsonFields.value(from, "partial_json");
    return literal == null || literal.text().isEmpty() ? null : new Piece.Arguments(literal.raw());
  }

  private MessageEvent blockStop(JsonValue event) {
    Piece closed = open == null ? null : new Piece.Closed();
    open = null;
    return of("content_block_stop", event, closed);
  }

  private MessageEvent finish(JsonValue event, @Nullable JsonValue delta) {
    String reason = JsonFields.text(delta, "stop_reason");
    String refusal = "refusal".equals(reason) ? MessageAnswer.refusal(delta) : null;
    List<Piece> pieces =
        reason == null
            ? List.of()
            : List.of(new Piece.Finished(StopReason.of(reason, hasCalls), refusal));
    TokenReport tokens = tokens(JsonFields.object(event, "usage"));
    return new MessageEvent("message_delta", event, pieces, tokens);
  }

  private TokenReport tokens(@Nullable JsonValue usage) {
    return MessageUsage.of(usageAtStart, usage).report();
  }

  private Piece failed(JsonValue event) {
    return new Piece.Failed(ErrorAnswer.failure(head, event));
  }

  private MessageEvent unreadable() {
    Failure failure = new Failure.Unreadable(Failure.Unreadable.Why.NOT_JSON, head.status());
    return new MessageEvent("error", null, List.of(new Piece.Failed(failure)), null);
  }

  private static MessageEvent of(String type, JsonValue event, @Nullable Piece piece) {
    return new MessageEvent(type, event, piece == null ? List.of() : List.of(piece), null);
  }

  private static void add(List<Piece> pieces, @Nullable Piece piece) {
    if (piece != null) {
      pieces.add(piece);
    }
  }

  private static String textOf(@Nullable JsonValue object, String name) {
    return Objects.requireNonNullElse(JsonFields.text(object, name), "");
  }
}
