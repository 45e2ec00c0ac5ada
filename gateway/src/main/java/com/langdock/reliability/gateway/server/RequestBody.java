package com.langdock.reliability.gateway.server;

import com.langdock.reliability.core.domain.Body;

/** Receives a request's body as it arrives. */
public interface RequestBody {
  /** Whether the next {@code bytes} are wanted; if not, earlier ones are discarded. */
  boolean accept(int bytes);

  /** Whether there is memory for a body of {@code bytes}; if not, it is not wanted any more. */
  boolean reserve(int bytes);

  /** The body is complete; empty if it was not wanted. The receiver releases it. */
  void end(Body body);

  /** The body arrives too slowly. */
  void tooSlow();

  /** The request is over: it was answered, or its connection closed. */
  void released();
}
