package com.langdock.reliability.gateway.exchange;

import java.util.Map;
import java.util.Set;

/**
 * Speaks one provider's wire format: bytes to meaning and back, without state and without I/O.
 *
 * <p>A codec never throws for what a client or a provider sent; what cannot be said or read comes
 * back as a value. Instances are shared by all threads.
 */
public interface Codec {
  /** What is appended to the path of the provider's base URL, such as {@code /messages}. */
  String path();

  /**
   * The headers that every request needs, names in lower case.
   *
   * @param credential the provider's key; empty when the provider needs none
   */
  Map<String, String> headers(String credential);

  /** The provider's request for {@code exchange}, or why it cannot be said there. */
  Encoded encode(TargetRequest exchange);

  /**
   * The fields that the request for {@code exchange} has although its client did not send them, by
   * name; usually none. A provider that refuses one of them is asked again without it.
   */
  Set<String> addedFields(TargetRequest exchange);

  /**
   * Reads a complete HTTP answer of any status that does not stream.
   *
   * @param body as received, with any content encoding removed
   */
  Decoded decode(TargetRequest exchange, ReplyHead head, byte[] body);

  /**
   * A reader for one stream that answers {@code exchange}.
   *
   * @param head of the answer, a success
   */
  StreamDecoder stream(TargetRequest exchange, ReplyHead head);
}
