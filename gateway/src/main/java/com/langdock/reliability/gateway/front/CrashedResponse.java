package com.langdock.reliability.gateway.front;

import com.langdock.reliability.gateway.server.ClientResponse;

/** Ends the response of a request that a bug has ended, by the shortest way. */
final class CrashedResponse {
  private CrashedResponse() {}

  /** Sends a 500, or an error in a stream that has begun; else closes the connection. */
  static void end(ClientResponse response, Front front, RequestIdentity identity) {
    boolean told = false;
    try {
      told = tell(response, front, identity);
    } finally {
      if (!told) {
        response.abort();
      }
    }
  }

  private static boolean tell(ClientResponse response, Front front, RequestIdentity identity) {
    if (!response.isOpen()) {
      return false;
    }
    String id = identity.requestId();
    if (response.isBegun()) {
      response.end(front.streamError(ErrorTable.BUG, id));
    } else {
      response.startOver();
      Responder.error(response, ErrorTable.BUG, front.error(ErrorTable.BUG, id), identity);
    }
    return true;
  }
}
