package com.langdock.reliability.gateway.server;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** Answers requests, each on the event loop of its connection. */
public interface RequestHandler {
  /** Handles a request's head; the body is discarded unless it is requested during this call. */
  void handle(ClientRequest request);

  /** Whether a client at {@code address}, null once it has left, may be answered at all. */
  boolean admits(@Nullable InetAddress address);

  /** Whether the gateway is stopping, so that each response closes its connection. */
  boolean isStopping();

  /** Answers a malformed request; the connection closes after the response. */
  void refuse(ClientRequest request, MalformedRequest problem);

  /** Answers after a bug, before a response had begun; the connection closes after the response. */
  void crashed(ClientRequest request);
}
