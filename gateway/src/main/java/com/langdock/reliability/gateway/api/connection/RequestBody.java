package com.langdock.reliability.gateway.api.connection;

/** Takes a request's body as it arrives. */
public interface RequestBody {
  /** The next bytes, which are the taker's own. */
  void chunk(byte[] bytes);

  /** The body is whole. */
  void end();

  /** The next bytes have not come for long. */
  void tooSlow();

  /** The request is over: it was answered, or its connection closed. */
  void released();
}
