package com.langdock.reliability.gateway.provider.forward;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.gateway.exchange.Decoded;
import com.langdock.reliability.gateway.exchange.EventStreams;
import com.langdock.reliability.gateway.exchange.Forwarding;
import com.langdock.reliability.gateway.exchange.FrameReader;
import com.langdock.reliability.gateway.exchange.Outgoing;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.PieceReader;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.gateway.exchange.SseReader;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.Written;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one format and their answers. The methods are those of {@link
 * com.langdock.reliability.gateway.exchange.ProviderFormat}.
 */
interface ForwardedApi {
  /** Writes the request. */
  default Written write(TargetRequest request) {
    Forwarding forwarding = request.exchange().payload().forwarding();
    return new Written.Request(
        new Outgoing(forwarding.method(), forwarding.path(), forwarding.headers(), body(request)));
  }

  /** The body to send. */
  default byte[] body(TargetRequest request) {
    return request.exchange().payload().forwarding().body().apply(request.target().upstreamName());
  }

  /** The names of fields that the gateway adds to the client's request. */
  default Set<String> addedFields(TargetRequest request) {
    return Set.of();
  }

  /** Reads a complete response of any status. */
  Decoded readWhole(TargetRequest request, ReplyHead head, byte[] body);

  /** The media type of the answer; null for the usual one of the client's API. */
  default @Nullable String contentType(TargetRequest request, ReplyHead head) {
    return null;
  }

  /** Whether the body of a success that begins with {@code piece} is a stream. */
  default EventStreams.Shape shape(TargetRequest request, byte[] piece) {
    return EventStreams.shape(piece);
  }

  /** Creates a reader that splits a stream into frames. */
  default FrameReader frames(TargetRequest request, Consumer<byte[]> frames) {
    return new SseReader(frames);
  }

  /** Creates a reader for the frames of one stream. Most APIs have none: any frame is a failure. */
  default PieceReader readStream(TargetRequest request, ReplyHead head) {
    Failure failure = new Failure.Unreadable(Failure.Unreadable.Why.NOT_JSON, head.status());
    return (data, pieces) -> pieces.accept(new Piece.Failed(failure));
  }
}
