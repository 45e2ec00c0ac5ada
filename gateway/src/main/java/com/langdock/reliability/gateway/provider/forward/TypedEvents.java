package com.langdock.reliability.gateway.provider.forward;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.gateway.exchange.FinishReason;
import com.langdock.reliability.gateway.exchange.FrameReader;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.PieceReader;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.gateway.exchange.SseReader;
import com.langdock.reliability.gateway.exchange.TokenReport;
import com.langdock.reliability.gateway.provider.ErrorAnswer;
import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a stream of events with a {@code type}, which keep their bytes. The type of the last one
 * ends in {@code .done} or {@code .completed}; the proper end of the response after it, and {@code
 * [DONE]}, end the stream.
 */
final class TypedEvents implements PieceReader {
  private static final byte[] END = "[DONE]".getBytes(UTF_8);

  /** What an event that is not the last one means: a part of the answer that only its API has. */
  private static final Piece PART = new Piece.Opened(new Piece.Block.Opaque());

  private static final Piece LAST = new Piece.Finished(FinishReason.STOP, null);

  private final ReplyHead head;

  TypedEvents(ReplyHead head) {
    this.head = head;
  }

  /** Splits a stream into events, and tells its proper end like {@code [DONE]}. */
  static FrameReader frames(Consumer<byte[]> frames) {
    SseReader events = new SseReader(frames);
    return new FrameReader() {
      @Override
      public boolean read(byte[] bytes) {
        return events.read(bytes);
      }

      @Override
      public void end() {
        events.end();
        frames.accept(END);
      }
    };
  }

  /**
   * The event {@code json}.
   *
   * @param tokens the usage in it; null if it has none
   */
  static Piece event(String type, byte[] json, @Nullable TokenReport tokens) {
    return new Piece.Event(type, json, Piece.Event.NO_BLOCK, isLast(type) ? LAST : PART, tokens);
  }

  private static boolean isLast(String type) {
    return type.endsWith(".done") || type.endsWith(".completed");
  }

  @Override
  public void read(byte[] data, Consumer<Piece> pieces) {
    if (new String(data, 0, Math.min(data.length, END.length), UTF_8).equals("[DONE]")) {
      pieces.accept(new Piece.Ended());
      return;
    }
    JsonValue root = JsonBody.json(data);
    if (root == null) {
      Failure failure = JsonAnswer.unreadable(head, Failure.Unreadable.Why.NOT_JSON);
      pieces.accept(new Piece.Failed(failure));
      return;
    }
    String type = JsonFields.text(root, "type");
    if (JsonFields.value(root, "error") != null || "error".equals(type)) {
      pieces.accept(new Piece.Failed(ErrorAnswer.failure(head, root)));
      return;
    }
    JsonValue usage = JsonFields.object(root, "usage");
    TokenReport tokens =
        usage == null ? null : TokenReport.raw(ReportedUsage.of(usage), usage.raw());
    pieces.accept(event(type == null ? "" : type, data, tokens));
  }
}
