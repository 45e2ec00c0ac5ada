package com.langdock.reliability.gateway.front;

import com.langdock.reliability.gateway.server.ClientResponse;

/** Ends the response of a request that failed by a bug. */
final class CrashedResponse {
  private CrashedResponse() {}

  /** Sends a 500, or an error in a stream that has begun; else closes the connection. */
  static void end(ClientResponse response, Front front, RequestIdentity identity) {
    boolean sent = false;
    try {
      sent = send(response, front, identity);
    } finally {
      if (!sent) {
        response.abort();
      }
    }
  }

  private static boolean send(ClientResponse response, Front front, RequestIdentity identity) {
    if (!response.isOpen()) {
      return false;
    }
    String id = identity.requestId();
    if (response.isBegun()) {
      byte[] events = front.streamError(ErrorTable.BUG, id, null);
      if (events == null) {
        return false;
      }
      response.end(events);
    } else {
      response.startOver();
      Responder.error(response, front, ErrorTable.BUG, front.error(ErrorTable.BUG, id), identity);
    }
    return true;
  }
}
