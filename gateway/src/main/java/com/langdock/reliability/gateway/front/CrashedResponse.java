package com.langdock.reliability.gateway.front;

import com.langdock.reliability.gateway.server.ClientResponse;

/** Ends the response of a call that a bug has ended, by the shortest way. */
final class CrashedResponse {
  private CrashedResponse() {}

  /** Sends a 500, or an error in a stream that has begun; else closes the connection. */
  static void end(ClientResponse response, RequestIdentity identity) {
    boolean told = false;
    try {
      told = tell(response, identity);
    } finally {
      if (!told) {
        response.abort();
      }
    }
  }

  private static boolean tell(ClientResponse response, RequestIdentity identity) {
    if (!response.isOpen()) {
      return false;
    }
    if (response.isBegun()) {
      response.end(StreamAnswer.error(ErrorTable.BUG, identity.requestId()));
    } else {
      response.startOver();
      Responder.error(response, ErrorTable.BUG, identity);
    }
    return true;
  }
}
