package com.langdock.reliability.gateway.front;

import com.langdock.reliability.core.domain.FatalErrors;
import com.langdock.reliability.gateway.exchange.Payload;
import com.langdock.reliability.gateway.loop.ByteAccumulator;
import com.langdock.reliability.json.JsonSplice;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Completes one response: keeps its contents for the observers that want them, and sends its last
 * bytes when the observers allow it.
 */
final class ResponseCompletion {
  /**
   * How much of a request or an answer is kept: the limit and one byte, which shows a truncation.
   */
  private static final int MAX_KEPT = 256 * 1024 + 1;

  private static final byte[] NOTHING = {};

  private final RequestContext context;
  private byte[] request = NOTHING;

  /** The part of the answer that was sent, null while nothing is kept. */
  private @Nullable ByteAccumulator answer;

  ResponseCompletion(RequestContext context) {
    this.context = context;
  }

  /** Keeps the text of the request. */
  void request(Payload payload) {
    if (keepsContents()) {
      request = payload.text();
    }
  }

  /** Whether observers want the contents; the same for the whole request. */
  boolean keepsContents() {
    return context.observer().keepsContents();
  }

  /** Keeps a part of the answer that is being sent. */
  void sent(byte[] some) {
    if (keepsContents()) {
      ByteAccumulator kept = answer == null ? new ByteAccumulator() : answer;
      int room = MAX_KEPT - kept.length();
      kept.add(some.length <= room ? some : Arrays.copyOf(some, room));
      answer = kept;
    }
  }

  /** Keeps the last part of the answer, and sends it when the observers allow it. */
  void complete(byte[] last, Runnable send) {
    sent(last);
    keep();
    context.observer().mayEnd(() -> guarded(send));
  }

  /** As above, for a last part that is not written yet. */
  void complete(JsonSplice last, Runnable send) {
    complete(keepsContents() ? last.bytes() : NOTHING, send);
  }

  /** Completes the response with an error, in the shape of the front. */
  void fail(ApiError error) {
    Front front = context.front();
    byte[] json = front.error(error, context.identity().requestId());
    complete(
        json, () -> Responder.error(context.response(), front, error, json, context.identity()));
  }

  /** Records what a client that left has been sent. */
  void clientLeft() {
    keep();
  }

  private void keep() {
    if (answer != null) {
      context.observer().contents(request, answer.bytes());
      request = NOTHING;
      answer = null;
    }
  }

  /** Runs the last write, possibly long after the request's own turn, under its guard. */
  private void guarded(Runnable send) {
    try {
      send.run();
    } catch (Throwable bug) {
      context.crashed(bug);
      FatalErrors.rethrow(bug);
    }
  }
}
