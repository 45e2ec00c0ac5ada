package com.langdock.reliability.gateway.provider.anthropic;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.gateway.exchange.FinishReason;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.PieceReader;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.provider.ErrorAnswer;
import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a Messages stream.
 *
 * <p>Events and deltas of unknown types, and objects without a type, are ignored, as Anthropic's
 * versioning rules require. The usage of the last {@code message_delta} covers the whole answer;
 * counts that it omits come from {@code message_start}.
 */
final class MessageStream implements PieceReader {
  /** The events that are invalid before {@code message_start}. */
  private static final Set<String> MESSAGE_EVENTS =
      Set.of("content_block_start", "content_block_delta", "content_block_stop", "message_delta");

  /** The type of the open block. */
  private enum Open {
    NONE,
    CONTENT,
    CALL,
    /** A call to the answer tool. */
    ANSWER
  }

  private final TargetRequest request;
  private final ReplyHead head;

  /** The tool whose input is the answer's content; null if there is none. */
  private final @Nullable String answerTool;

  private Open open = Open.NONE;
  private boolean started;
  private boolean hasCalls;
  private boolean hasAnswer;
  private @Nullable JsonValue usageAtStart;

  MessageStream(TargetRequest request, ReplyHead head) {
    this.request = request;
    this.head = head;
    this.answerTool = MessageRequest.answerTool(request);
  }

  @Override
  public void read(byte[] data, Consumer<Piece> pieces) {
    JsonValue event = JsonBody.json(data);
    if (event == null || !isObjectOrNull(event)) {
      pieces.accept(unreadable());
      return;
    }
    String type = JsonFields.text(event, "type");
    if (type == null) {
      if (JsonFields.value(event, "error") != null) {
        pieces.accept(failed(event));
      }
    } else if (!started && MESSAGE_EVENTS.contains(type)) {
      pieces.accept(unreadable());
    } else {
      read(type, event, pieces);
    }
  }

  private void read(String type, JsonValue event, Consumer<Piece> pieces) {
    switch (type) {
      case "message_start" -> start(JsonFields.object(event, "message"), pieces);
      case "content_block_start" -> blockStart(JsonFields.object(event, "content_block"), pieces);
      case "content_block_delta" -> delta(JsonFields.object(event, "delta"), pieces);
      case "content_block_stop" -> blockStop(pieces);
      case "message_delta" -> finish(event, pieces);
      case "message_stop" -> pieces.accept(new Piece.Ended());
      case "error" -> pieces.accept(failed(event));
      default -> {}
    }
  }

  private static boolean isObjectOrNull(JsonValue event) {
    return event.kind() == JsonValue.Kind.OBJECT || event.kind() == JsonValue.Kind.NULL;
  }

  private void start(@Nullable JsonValue message, Consumer<Piece> pieces) {
    started = true;
    String id = Objects.requireNonNullElse(JsonFields.text(message, "id"), "");
    String model = Objects.requireNonNullElse(JsonFields.text(message, "model"), "");
    pieces.accept(
        new Piece.Started(
            id, request.target().nameInAnswer(model), head.receivedAt().getEpochSecond()));
    usageAtStart = JsonFields.object(message, "usage");
    if (usageAtStart != null) {
      pieces.accept(used(null));
    }
  }

  private void blockStart(@Nullable JsonValue block, Consumer<Piece> pieces) {
    switch (JsonFields.text(block, "type")) {
      case "tool_use" -> callStart(block, pieces);
      case "text" -> {
        open(Open.CONTENT, new Piece.Block.Text(), pieces);
        text(JsonFields.value(block, "text"), pieces);
      }
      case "thinking" -> {
        open(Open.CONTENT, new Piece.Block.Thinking(), pieces);
        thinking(JsonFields.value(block, "thinking"), pieces);
      }
      case "redacted_thinking" -> open(Open.CONTENT, new Piece.Block.Thinking(), pieces);
      case null, default -> open = Open.NONE;
    }
  }

  private void callStart(@Nullable JsonValue block, Consumer<Piece> pieces) {
    JsonValue input = JsonFields.object(block, "input");
    String whole = input == null || input.members().isEmpty() ? "" : input.raw();
    if (answerTool != null && answerTool.equals(JsonFields.text(block, "name"))) {
      open(Open.ANSWER, new Piece.Block.Text(), pieces);
      answer(whole, pieces);
      return;
    }
    hasCalls = true;
    String id = Objects.requireNonNullElse(JsonFields.text(block, "id"), "");
    String name = Objects.requireNonNullElse(JsonFields.text(block, "name"), "");
    open(Open.CALL, new Piece.Block.Call(id, name, whole), pieces);
  }

  private void open(Open kind, Piece.Block block, Consumer<Piece> pieces) {
    open = kind;
    pieces.accept(new Piece.Opened(block));
  }

  private void delta(@Nullable JsonValue delta, Consumer<Piece> pieces) {
    switch (JsonFields.text(delta, "type")) {
      case "text_delta" -> text(JsonFields.value(delta, "text"), pieces);
      case "thinking_delta" -> thinking(JsonFields.value(delta, "thinking"), pieces);
      case "input_json_delta" -> input(JsonFields.value(delta, "partial_json"), pieces);
      case null, default -> {}
    }
  }

  /** The input of a server tool is skipped. */
  private void input(@Nullable JsonValue piece, Consumer<Piece> pieces) {
    if (piece == null || piece.text().isEmpty()) {
      return;
    }
    if (open == Open.ANSWER) {
      hasAnswer = true;
      text(piece, pieces);
    } else if (open == Open.CALL) {
      pieces.accept(new Piece.Arguments(piece.raw()));
    }
  }

  private void blockStop(Consumer<Piece> pieces) {
    if (open == Open.ANSWER && !hasAnswer) {
      answer("{}", pieces);
    }
    if (open != Open.NONE) {
      pieces.accept(new Piece.Closed());
    }
    open = Open.NONE;
  }

  private void answer(String json, Consumer<Piece> pieces) {
    if (!json.isEmpty()) {
      hasAnswer = true;
      pieces.accept(Piece.Text.of(json));
    }
  }

  private static void text(@Nullable JsonValue literal, Consumer<Piece> pieces) {
    String text = literal == null ? "" : literal.text();
    if (literal != null && !text.isEmpty()) {
      pieces.accept(new Piece.Text(text, literal.raw()));
    }
  }

  private static void thinking(@Nullable JsonValue literal, Consumer<Piece> pieces) {
    if (literal != null && !literal.text().isEmpty()) {
      pieces.accept(new Piece.Thinking(literal.raw()));
    }
  }

  private void finish(JsonValue event, Consumer<Piece> pieces) {
    pieces.accept(used(JsonFields.object(event, "usage")));
    JsonValue delta = JsonFields.object(event, "delta");
    String reason = JsonFields.text(delta, "stop_reason");
    if (reason != null) {
      boolean refused = reason.equals("refusal");
      pieces.accept(
          new Piece.Finished(reason(reason), refused ? MessageAnswer.refusal(delta) : null));
    }
  }

  private FinishReason reason(String reason) {
    boolean isAnswer = hasAnswer && !hasCalls && reason.equals("tool_use");
    return isAnswer ? FinishReason.STOP : StopReason.of(reason, hasCalls);
  }

  private Piece used(@Nullable JsonValue usage) {
    return new Piece.Used(MessageUsage.of(usageAtStart, usage).report());
  }

  private Piece failed(JsonValue event) {
    return new Piece.Failed(ErrorAnswer.failure(head, event));
  }

  private Piece unreadable() {
    return new Piece.Failed(new Failure.Unreadable(Failure.Unreadable.Why.NOT_JSON, head.status()));
  }
}
