package com.langdock.reliability.gateway.front;

import com.langdock.reliability.core.domain.FatalErrors;
import com.langdock.reliability.gateway.loop.ByteAccumulator;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The end of one answer: when it may come, and what was said until then. */
final class ResponseCompletion {
  /**
   * Of a request or an answer, this many bytes are kept and one more, which tells that it is cut.
   */
  private static final int MAX_KEPT = 256 * 1024 + 1;

  private static final byte[] NOTHING = {};

  private final RequestContext context;
  private byte[] request = NOTHING;

  /** What the client was sent, null while nothing of it is kept. */
  private @Nullable ByteAccumulator answer;

  ResponseCompletion(RequestContext context) {
    this.context = context;
  }

  /** The request is this one. */
  void asked(byte[] body) {
    if (context.observer().keepsContents()) {
      request = body;
    }
  }

  /** The client was sent some of the answer. */
  void sent(byte[] some) {
    if (context.observer().keepsContents()) {
      ByteAccumulator kept = answer == null ? new ByteAccumulator() : answer;
      int room = MAX_KEPT - kept.length();
      kept.add(some.length <= room ? some : Arrays.copyOf(some, room));
      answer = kept;
    }
  }

  /** The rest of the answer is {@code last}: sends it once all that must be kept is. */
  void of(byte[] last, Runnable send) {
    sent(last);
    keep();
    context.observer().mayEnd(() -> guarded(send));
  }

  /** The answer is {@code error}, in the shape of the request's front. */
  void fail(ApiError error) {
    byte[] json = context.front().error(error, context.identity().requestId());
    of(json, () -> Responder.error(context.response(), error, json, context.identity()));
  }

  /** The client left: keeps what it was sent of the answer, if anything. */
  void abandoned() {
    keep();
  }

  private void keep() {
    if (answer != null) {
      context.observer().contents(request, answer.bytes());
      request = NOTHING;
      answer = null;
    }
  }

  /** It may run long after the request's own turn, and is the last that happens to it. */
  private void guarded(Runnable send) {
    try {
      send.run();
    } catch (Throwable bug) {
      context.crashed(bug);
      FatalErrors.rethrow(bug);
    }
  }
}
