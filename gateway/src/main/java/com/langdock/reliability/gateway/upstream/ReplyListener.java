package com.langdock.reliability.gateway.upstream;

import com.langdock.reliability.core.domain.Failure;

/**
 * Hears a provider's reply as it arrives, on the event loop of the call: one head, any number of
 * chunks, then the end; or a failure at any point. Nothing comes after the end, a failure or a
 * cancellation.
 */
public interface ReplyListener {
  /** The reply's status and headers. */
  void head(int status, ReplyHeaders headers);

  /** The next bytes of the body, which are the listener's own. */
  void chunk(byte[] bytes);

  /** The body is whole. */
  void end();

  /** The reply will not be whole. */
  void failed(Failure failure);
}
