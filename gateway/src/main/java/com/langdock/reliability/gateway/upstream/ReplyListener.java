package com.langdock.reliability.gateway.upstream;

import com.langdock.reliability.core.domain.Failure;

/**
 * Receives a provider's reply on the event loop of the call: one head, any number of chunks, then
 * the end; or a failure at any point. Nothing follows the end, a failure or a cancellation.
 */
public interface ReplyListener {
  /** The reply's status and headers. */
  void head(int status, ReplyHeaders headers);

  /** The next bytes of the body; the listener owns the array. */
  void chunk(byte[] bytes);

  /** The body is complete. */
  void end();

  /** The reply failed. */
  void failed(Failure failure);
}
