package com.langdock.reliability.gateway.api.connection;

/** Answers requests, each on the event loop of its connection. */
public interface RequestHandler {
  /** The head of a request has come; its body is dropped unless it is asked for now. */
  void handle(ClientRequest request);

  /** What came is not a request; the connection ends with the response. */
  void refuse(ClientRequest request, BadHead problem);

  /** A bug was thrown before a response had begun; the connection ends with the response. */
  void crashed(ClientRequest request);
}
