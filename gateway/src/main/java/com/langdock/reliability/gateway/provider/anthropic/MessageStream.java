package com.langdock.reliability.gateway.provider.anthropic;

import com.langdock.reliability.gateway.exchange.FinishReason;
import com.langdock.reliability.gateway.exchange.Payload;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.PieceReader;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a Messages stream for a client of another format.
 *
 * <p>A call to the answer tool is the answer's text, and blocks without a neutral kind are skipped.
 */
final class MessageStream implements PieceReader {
  /** How the pieces of the open block are passed on. */
  private enum Open {
    UNCHANGED,
    /** Not at all. */
    SKIPPED,
    /** A call to the answer tool: as text. */
    ANSWER
  }

  private final Payload request;
  private final MessageEvents events;

  /** The tool whose input is the answer's content; null if there is none. */
  private final @Nullable String answerTool;

  private Open open = Open.UNCHANGED;

  /** The block that is open; null if none is. */
  private Piece.@Nullable Block block;

  private boolean hasCalls;
  private boolean hasAnswer;

  MessageStream(TargetRequest request, ReplyHead head) {
    this.request = request.exchange().payload();
    this.events = new MessageEvents(request.target(), head);
    this.answerTool = MessageRequest.answerTool(request);
  }

  @Override
  public void read(byte[] data, Consumer<Piece> pieces) {
    MessageEvent event = events.read(data);
    if (event.tokens() != null) {
      pieces.accept(new Piece.Used(event.tokens()));
    }
    event.pieces().forEach(piece -> inOrder(piece, pieces));
  }

  /** A block ends where another begins. What comes outside a block of its kind gets one. */
  private void inOrder(Piece piece, Consumer<Piece> pieces) {
    Piece.Block missing = missingBlock(piece);
    if (missing != null) {
      inOrder(new Piece.Opened(missing), pieces);
    }
    boolean isEnd = piece instanceof Piece.Opened || piece instanceof Piece.Finished;
    if (isEnd && block != null) {
      pass(new Piece.Closed(), pieces);
      block = null;
    }
    if (piece instanceof Piece.Closed && block == null) {
      return;
    }
    if (piece instanceof Piece.Opened opened) {
      block = opened.block();
    } else if (piece instanceof Piece.Closed) {
      block = null;
    }
    pass(piece, pieces);
  }

  /** The block that the provider should have begun before this piece; null if it did. */
  private Piece.@Nullable Block missingBlock(Piece piece) {
    if (piece instanceof Piece.Text && !(block instanceof Piece.Block.Text)) {
      return new Piece.Block.Text();
    }
    boolean isThinking = piece instanceof Piece.Thinking || piece instanceof Piece.Signed;
    return isThinking && !(block instanceof Piece.Block.Thinking)
        ? new Piece.Block.Thinking()
        : null;
  }

  private void pass(Piece piece, Consumer<Piece> pieces) {
    switch (piece) {
      case Piece.Opened opened -> opened(opened, pieces);
      case Piece.Arguments arguments -> arguments(arguments, pieces);
      case Piece.Closed closed -> closed(closed, pieces);
      case Piece.Finished finished -> pieces.accept(finished(finished));
      case Piece.Started started -> pieces.accept(started);
      case Piece.Text text -> pieces.accept(text);
      case Piece.Thinking thinking -> pieces.accept(thinking);
      case Piece.Signed signed -> pieces.accept(signed);
      case Piece.Used used -> pieces.accept(used);
      case Piece.Ended ended -> pieces.accept(ended);
      case Piece.Failed failed -> pieces.accept(failed);
      case Piece.Raw raw -> pieces.accept(raw);
      case Piece.Event event -> pieces.accept(event);
    }
  }

  private void opened(Piece.Opened opened, Consumer<Piece> pieces) {
    switch (opened.block()) {
      case Piece.Block.Opaque opaque -> open = Open.SKIPPED;
      case Piece.Block.Call call when call.name().equals(answerTool) -> {
        open = Open.ANSWER;
        pieces.accept(new Piece.Opened(new Piece.Block.Text()));
        answer(call.arguments(), pieces);
      }
      case Piece.Block.Call call -> {
        hasCalls = true;
        open = Open.UNCHANGED;
        String name = ToolNames.original(request, call.name());
        pieces.accept(
            new Piece.Opened(
                new Piece.Block.Call(call.id(), name, call.arguments(), call.signature())));
      }
      case Piece.Block.Text text -> {
        open = Open.UNCHANGED;
        pieces.accept(opened);
      }
      case Piece.Block.Thinking thinking -> {
        open = Open.UNCHANGED;
        pieces.accept(opened);
      }
    }
  }

  private void arguments(Piece.Arguments arguments, Consumer<Piece> pieces) {
    switch (open) {
      case UNCHANGED -> pieces.accept(arguments);
      case SKIPPED -> {}
      case ANSWER -> {
        JsonValue literal = JsonBody.json(arguments.literal().getBytes(StandardCharsets.UTF_8));
        answer(literal == null ? "" : literal.text(), pieces);
      }
    }
  }

  private void closed(Piece.Closed closed, Consumer<Piece> pieces) {
    if (open == Open.ANSWER && !hasAnswer) {
      answer("{}", pieces);
    }
    if (open != Open.SKIPPED) {
      pieces.accept(closed);
    }
    open = Open.UNCHANGED;
  }

  private void answer(String json, Consumer<Piece> pieces) {
    if (!json.isEmpty()) {
      hasAnswer = true;
      pieces.accept(Piece.Text.of(json));
    }
  }

  private Piece.Finished finished(Piece.Finished finished) {
    boolean isAnswer = hasAnswer && !hasCalls && finished.reason() == FinishReason.TOOL_CALLS;
    return isAnswer ? new Piece.Finished(FinishReason.STOP, finished.refusal()) : finished;
  }
}
