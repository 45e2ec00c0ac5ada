package com.langdock.reliability.gateway.api;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** The end of one answer: when it may come, and what was said until then. */
final class AnswerEnd {
  /**
   * Of a request or an answer, this many bytes are kept and one more, which tells that it is cut.
   */
  private static final int MAX_KEPT = 256 * 1024 + 1;

  private static final byte[] NOTHING = {};

  private final Keeper keeper;
  private final String requestId;
  private byte[] request = NOTHING;

  /** What the client was sent, null while nothing of it is kept. */
  private @Nullable Buffer answer;

  AnswerEnd(Keeper keeper, String requestId) {
    this.keeper = keeper;
    this.requestId = requestId;
  }

  /** The request is this one. */
  void asked(byte[] body) {
    if (keeper.keepsContents()) {
      request = body;
    }
  }

  /** The client was sent some of the answer. */
  void sent(byte[] some) {
    if (keeper.keepsContents()) {
      Buffer kept = answer == null ? Buffer.buffer() : answer;
      answer = kept.appendBytes(some, 0, Math.min(some.length, MAX_KEPT - kept.length()));
    }
  }

  /** The rest of the answer is {@code last}: sends it once all that must be kept is. */
  void of(byte[] last, Runnable send) {
    sent(last);
    keep();
    keeper.whenKept(send);
  }

  /** The client left: keeps what it was sent of the answer, if anything. */
  void abandoned() {
    keep();
  }

  private void keep() {
    if (answer != null) {
      keeper.said(requestId, request, answer.getBytes());
      request = NOTHING;
      answer = null;
    }
  }
}
