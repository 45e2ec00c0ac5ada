package com.langdock.reliability.gateway.exchange;

import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One provider format: writes requests and reads answers, without state and without I/O.
 *
 * <p>A target whose format is the client's is sent the client's bytes, and its answers come back as
 * {@link Piece.Raw} and {@link WholeAnswer.Raw}. Any other goes through the neutral meaning.
 *
 * <p>A format never throws for what a client or a provider sent; what cannot be written or read
 * comes back as a value. Instances are shared by all threads.
 */
public interface ProviderFormat {
  /**
   * The headers that every request needs, names in lower case.
   *
   * @param credential the provider's key; empty when the provider needs none
   */
  Map<String, String> headers(String credential);

  /** The provider's request, or why the client's cannot be written in this format. */
  Written write(TargetRequest request);

  /**
   * The fields that the provider's request has although its client did not send them, by name;
   * usually none. A provider that refuses one of them is asked again without it.
   */
  Set<String> addedFields(TargetRequest request);

  /**
   * Reads a complete HTTP answer of any status, also one that is a stream though none was wanted.
   *
   * @param body with any content encoding removed
   */
  Decoded readWhole(TargetRequest request, ReplyHead head, byte[] body);

  /** Cuts the bytes of a stream into frames, each of which goes to {@code frames}. */
  default FrameReader frames(Consumer<byte[]> frames) {
    return new SseReader(frames);
  }

  /**
   * A reader of the frames of one stream.
   *
   * @param head of the answer, a success
   */
  PieceReader readStream(TargetRequest request, ReplyHead head);
}
