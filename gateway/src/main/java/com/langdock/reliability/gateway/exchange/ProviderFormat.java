package com.langdock.reliability.gateway.exchange;

import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes requests and reads answers in one provider's wire format. Stateless, without I/O.
 *
 * <p>A target of the client's format receives the client's bytes and returns {@link Piece.Raw} or
 * {@link Piece.Event}, and {@link WholeAnswer.Raw}. Any other target uses the neutral form.
 *
 * <p>A format does not throw on invalid input: failures to write or read are return values.
 * Instances are shared by all threads.
 */
public interface ProviderFormat {
  /**
   * The headers of every request, with names in lower case.
   *
   * @param credential the provider's key; empty if the provider needs none
   */
  Map<String, String> headers(String credential);

  /**
   * Whether the provider can be asked for the task of {@code exchange}. A target that cannot is
   * skipped without a call.
   */
  default boolean supports(Exchange exchange) {
    return exchange.task() == Exchange.Task.ANSWER;
  }

  /** Writes the provider's request. The result has the reason if this format cannot express it. */
  Written write(TargetRequest request);

  /**
   * The names of fields that the gateway adds to the client's request, or can do without; usually
   * none. If a provider rejects one of them, the request is repeated without it.
   */
  Set<String> addedFields(TargetRequest request);

  /**
   * Whether the history of {@code request} has signatures that this format can leave out. If a
   * provider rejects one, the request is repeated once {@linkplain
   * TargetRequest#withoutSignatures() without them}.
   */
  default boolean hasSignatures(TargetRequest request) {
    return false;
  }

  /**
   * Reads a complete HTTP response of any status. The body may be a stream that was not requested.
   *
   * @param body without content encoding
   */
  Decoded readWhole(TargetRequest request, ReplyHead head, byte[] body);

  /** Where the provider lists its models. */
  default ModelListing modelListing() {
    return ModelListing.USUAL;
  }

  /**
   * The provider's response headers for the client of {@code request}, with names in lower case;
   * usually none. They belong to a format that the client knows too.
   */
  default Map<String, String> answerHeaders(TargetRequest request, ReplyHead head) {
    return Map.of();
  }

  /** The status of the client's response to {@code request}, which {@code head} answers. */
  default int status(TargetRequest request, ReplyHead head) {
    return AnswerHead.OK;
  }

  /**
   * The media type of the answer to {@code request}; null for the usual one of the client's API.
   */
  default @Nullable String contentType(TargetRequest request, ReplyHead head) {
    return null;
  }

  /**
   * Whether the body of a success that begins with {@code piece} is a stream in the framing of the
   * answer to {@code request}. A provider may answer whole though it was asked for a stream.
   */
  default EventStreams.Shape shape(TargetRequest request, byte[] piece) {
    return EventStreams.shape(piece);
  }

  /**
   * Creates a reader that splits the stream that answers {@code request} into frames and passes
   * each to {@code frames}.
   */
  default FrameReader frames(TargetRequest request, Consumer<byte[]> frames) {
    return new SseReader(frames);
  }

  /**
   * Creates a reader for the frames of one stream.
   *
   * @param head the response head; its status is a success
   */
  PieceReader readStream(TargetRequest request, ReplyHead head);
}
