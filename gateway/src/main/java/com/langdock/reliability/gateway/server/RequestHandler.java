package com.langdock.reliability.gateway.server;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** Answers requests, each on the event loop of its connection. */
public interface RequestHandler {
  /** The head of a request has come; its body is dropped unless it is asked for now. */
  void handle(ClientRequest request);

  /** Whether a client at {@code address} may be answered at all; null once it has left. */
  boolean admits(@Nullable InetAddress address);

  /** Whether the gateway stops soon, so that each answer is the last of its connection. */
  boolean isStopping();

  /** What came is not a request; the connection ends with the response. */
  void refuse(ClientRequest request, MalformedRequest problem);

  /** A bug was thrown before a response had begun; the connection ends with the response. */
  void crashed(ClientRequest request);
}
