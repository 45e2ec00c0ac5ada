package com.langdock.reliability.gateway.provider.bedrock;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.PieceReader;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.TokenReport;
import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the messages of a stream.
 *
 * <p>Blocks of text and thinking have no start, and the numbers of blocks may skip: a piece of
 * another block closes the block before. Usage comes after the stop reason, and ends the stream. A
 * failure is a message of the type {@code exception} or {@code error}.
 */
final class ConverseStream implements PieceReader {
  private static final int NO_BLOCK = -1;

  private final ReplyHead head;
  private final ConversePieces answer;
  private long block = NO_BLOCK;

  ConverseStream(TargetRequest request, ReplyHead head) {
    this.head = head;
    this.answer = new ConversePieces(request, head);
  }

  @Override
  public void read(byte[] data, Consumer<Piece> pieces) {
    EventMessage message = EventMessage.of(data);
    Failure failure = message == null ? null : StreamFailure.in(message, head);
    if (message == null) {
      pieces.accept(answer.unreadable());
    } else if (failure != null) {
      pieces.accept(new Piece.Failed(failure));
    } else {
      JsonValue event = JsonBody.json(message.payload());
      if (event == null || event.kind() != JsonValue.Kind.OBJECT) {
        pieces.accept(answer.unreadable());
      } else {
        read(message.header(":event-type"), event, pieces);
      }
    }
  }

  private void read(String type, JsonValue event, Consumer<Piece> pieces) {
    switch (type) {
      case "messageStart" -> answer.start(pieces);
      case "contentBlockStart" -> {
        enter(event, pieces);
        JsonValue call = JsonFields.object(JsonFields.object(event, "start"), "toolUse");
        if (call != null) {
          answer.call(call, "", pieces);
        }
      }
      case "contentBlockDelta" -> {
        enter(event, pieces);
        delta(JsonFields.object(event, "delta"), pieces);
      }
      case "contentBlockStop" -> answer.close(pieces);
      case "messageStop" -> {
        answer.start(pieces);
        answer.finish(JsonFields.text(event, "stopReason"), pieces);
      }
      case "metadata" -> {
        TokenReport used = ConverseUsage.of(event);
        if (!used.usage().isNone()) {
          pieces.accept(new Piece.Used(used));
        }
        pieces.accept(new Piece.Ended());
      }
      default -> {} // a kind of event that is not known yet
    }
  }

  private void enter(JsonValue event, Consumer<Piece> pieces) {
    answer.start(pieces);
    long number = JsonFields.count(event, "contentBlockIndex");
    if (number != block) {
      answer.close(pieces);
      block = number;
    }
  }

  private void delta(@Nullable JsonValue delta, Consumer<Piece> pieces) {
    answer.text(JsonFields.value(delta, "text"), pieces);
    answer.arguments(JsonFields.value(JsonFields.object(delta, "toolUse"), "input"), pieces);
    JsonValue thinking = JsonFields.object(delta, "reasoningContent");
    if (thinking != null) {
      answer.thinking(
          JsonFields.value(thinking, "text"), JsonFields.text(thinking, "signature"), pieces);
      if (JsonFields.text(thinking, "redactedContent") != null) {
        answer.redacted(pieces);
      }
    }
  }
}
