package com.langdock.reliability.gateway.provider.bedrock;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.PieceReader;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonFields;
import java.util.Base64;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the events of Anthropic's that the messages of a stream have in them. */
final class InvokeStream implements PieceReader {
  private final PieceReader events;
  private final ReplyHead head;

  InvokeStream(PieceReader events, ReplyHead head) {
    this.events = events;
    this.head = head;
  }

  @Override
  public void read(byte[] data, Consumer<Piece> pieces) {
    EventMessage message = EventMessage.of(data);
    Failure failure = message == null ? null : StreamFailure.in(message, head);
    byte[] event = message == null ? null : event(message.payload());
    if (failure != null) {
      pieces.accept(new Piece.Failed(failure));
    } else if (event != null) {
      events.read(event, pieces);
    } else if (message == null || message.header(":event-type").equals("chunk")) {
      Failure.Unreadable.Why why = Failure.Unreadable.Why.NOT_JSON;
      pieces.accept(new Piece.Failed(new Failure.Unreadable(why, head.status())));
    }
  }

  /** Null if there is none. */
  private static byte @Nullable [] event(byte[] payload) {
    String bytes = JsonFields.text(JsonBody.json(payload), "bytes");
    try {
      return bytes == null ? null : Base64.getDecoder().decode(bytes);
    } catch (IllegalArgumentException damaged) {
      return null;
    }
  }
}
