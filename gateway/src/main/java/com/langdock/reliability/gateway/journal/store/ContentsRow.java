package com.langdock.reliability.gateway.journal.store;

/**
 * What was said: the request as it came, and the answer as the client got it.
 *
 * @param cut whether one of the two was too long to be kept whole
 */
public record ContentsRow(String requestId, byte[] request, byte[] answer, boolean cut) {
  /** Bytes of both together. */
  public int size() {
    return request.length + answer.length;
  }
}
