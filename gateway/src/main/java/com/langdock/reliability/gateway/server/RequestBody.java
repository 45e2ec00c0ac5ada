package com.langdock.reliability.gateway.server;

/** Takes a request's body as it arrives. */
public interface RequestBody {
  /** Whether the next {@code bytes} are wanted; what came before is not kept where they are not. */
  boolean takes(int bytes);

  /** The body is whole; empty when it is not wanted. */
  void end(byte[] body);

  /** The next bytes have not come for long. */
  void tooSlow();

  /** The request is over: it was answered, or its connection closed. */
  void released();
}
