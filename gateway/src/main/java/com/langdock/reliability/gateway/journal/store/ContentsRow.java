package com.langdock.reliability.gateway.journal.store;

/**
 * The contents of a request: its body as received, and the answer as sent to the client.
 *
 * @param cut whether one of the two was too long to be kept whole
 */
public record ContentsRow(String requestId, byte[] request, byte[] answer, boolean cut) {
  /** Bytes of both together. */
  public int size() {
    return request.length + answer.length;
  }
}
