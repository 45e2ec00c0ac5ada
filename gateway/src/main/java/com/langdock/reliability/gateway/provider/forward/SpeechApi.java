package com.langdock.reliability.gateway.provider.forward;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.Failure.Unreadable.Why;
import com.langdock.reliability.gateway.exchange.Decoded;
import com.langdock.reliability.gateway.exchange.EventStreams;
import com.langdock.reliability.gateway.exchange.FrameReader;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.PieceReader;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * OpenAI's speech: an audio file whose bytes pass as they arrive, or events with parts of one. A
 * file is whole when the response has its proper end.
 */
final class SpeechApi implements ForwardedApi {
  @Override
  public @Nullable String contentType(TargetRequest request, ReplyHead head) {
    return isEvents(request) ? null : head.headers().value("content-type");
  }

  private static boolean isEvents(TargetRequest request) {
    return JsonFields.isText(request.exchange().payload().root(), "stream_format", "sse");
  }

  /** Any bytes may be the beginning of a file. */
  @Override
  public EventStreams.Shape shape(TargetRequest request, byte[] piece) {
    return isEvents(request) ? EventStreams.shape(piece) : EventStreams.Shape.EVENTS;
  }

  @Override
  public FrameReader frames(TargetRequest request, Consumer<byte[]> frames) {
    return isEvents(request) ? TypedEvents.frames(frames) : new FileBytes(frames);
  }

  @Override
  public PieceReader readStream(TargetRequest request, ReplyHead head) {
    if (isEvents(request)) {
      return new TypedEvents(head);
    }
    return isFile(head) ? FileBytes::read : (data, pieces) -> pieces.accept(failed(head, data));
  }

  /** What says that it is a text is an error, or a page of something in between. */
  private static boolean isFile(ReplyHead head) {
    String type = head.headers().value("content-type");
    String plain = type == null ? "" : type.toLowerCase(Locale.ROOT);
    return !plain.contains("json") && !plain.startsWith("text/html");
  }

  private static Piece failed(ReplyHead head, byte[] data) {
    return new Piece.Failed(failure(head, data));
  }

  /** Neither JSON nor nothing is a file. */
  private static Failure failure(ReplyHead head, byte[] body) {
    JsonValue root = JsonBody.json(body);
    Failure failure = JsonAnswer.failure(head, body, root);
    return failure == null ? JsonAnswer.unreadable(head, Why.NOT_JSON) : failure;
  }

  @Override
  public Decoded readWhole(TargetRequest request, ReplyHead head, byte[] body) {
    return new Decoded.Failed(failure(head, body));
  }
}
