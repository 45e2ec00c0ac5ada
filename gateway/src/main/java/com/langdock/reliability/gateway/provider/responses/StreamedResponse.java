package com.langdock.reliability.gateway.provider.responses;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.Failure.Unreadable.Why;
import com.langdock.reliability.gateway.exchange.Decoded;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.gateway.exchange.SseReader;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonSplice;
import com.langdock.reliability.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Assembles a response from a stream, for a client of the Responses API whose provider streams
 * without being asked to. The last event has the whole response; its output is that of the events
 * where some servers leave it empty. A stream that breaks or fails is a failure.
 */
final class StreamedResponse {
  private final List<String> items = new ArrayList<>();
  private byte @Nullable [] last;
  private @Nullable Failure failure;

  private StreamedResponse() {}

  /** Reads the whole stream in {@code body}. */
  static Decoded read(TargetRequest request, ReplyHead head, byte[] body) {
    PassthroughStream reader = new PassthroughStream(request.target(), head);
    StreamedResponse response = new StreamedResponse();
    SseReader frames = new SseReader(data -> reader.read(data, response::add));
    boolean fits = frames.read(body);
    frames.end();
    Failure failure = response.failure(fits, head);
    return failure == null
        ? PassthroughAnswer.read(request, head, response.json())
        : new Decoded.Failed(failure);
  }

  private void add(Piece piece) {
    if (last != null) {
      return;
    }
    if (piece instanceof Piece.Failed failed && failure == null) {
      failure = failed.failure();
    }
    if (piece instanceof Piece.Event event) {
      if (event.finishes() > 0) {
        last = event.bytes();
      } else if (event.name().equals("response.output_item.done")) {
        JsonValue item = JsonFields.object(JsonBody.json(event.bytes()), "item");
        if (item != null) {
          items.add(item.raw());
        }
      }
    }
  }

  private @Nullable Failure failure(boolean fits, ReplyHead head) {
    if (failure != null || !fits) {
      return failure == null ? new Failure.Unreadable(Why.TOO_LARGE, head.status()) : failure;
    }
    return last == null ? new Failure.Broken() : null;
  }

  private byte[] json() {
    JsonValue response = JsonFields.object(last == null ? null : JsonBody.json(last), "response");
    if (response == null) {
      return new byte[0];
    }
    byte[] json = response.raw().getBytes(StandardCharsets.UTF_8);
    JsonValue root = JsonBody.json(json);
    return root == null || items.isEmpty() || !JsonFields.array(root, "output").isEmpty()
        ? json
        : new JsonSplice(json).put(root, "output", items.toString()).bytes();
  }
}
