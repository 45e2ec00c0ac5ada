package com.langdock.reliability.gateway.front;

import com.langdock.reliability.core.domain.FatalErrors;
import com.langdock.reliability.gateway.telemetry.Observability;
import io.vertx.core.buffer.Buffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The end of one answer: when it may come, and what was said until then. */
final class ResponseCompletion {
  /**
   * Of a request or an answer, this many bytes are kept and one more, which tells that it is cut.
   */
  private static final int MAX_KEPT = 256 * 1024 + 1;

  private static final byte[] NOTHING = {};

  private final ResponseHook keeper;
  private final Observability observability;
  private final String requestId;
  private final Consumer<Throwable> guard;
  private byte[] request = NOTHING;

  /** What the client was sent, null while nothing of it is kept. */
  private @Nullable Buffer answer;

  /**
   * The end of the answer to a request.
   *
   * @param guard hears what is thrown while the end is sent
   */
  ResponseCompletion(RequestServices services, String requestId, Consumer<Throwable> guard) {
    this.keeper = services.keeper();
    this.observability = services.observability();
    this.requestId = requestId;
    this.guard = guard;
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
    keeper.whenKept(() -> guarded(send));
  }

  /** The answer is {@code error}, in the shape of the request's front. */
  void fail(RequestContext context, ApiError error) {
    byte[] json = context.front().error(error, requestId);
    of(json, () -> Responder.error(context.response(), error, json, context.identity()));
  }

  /** The client left: keeps what it was sent of the answer, if anything. */
  void abandoned() {
    keep();
  }

  private void keep() {
    if (answer != null) {
      said(answer);
      request = NOTHING;
      answer = null;
    }
  }

  private void said(Buffer kept) {
    try {
      keeper.said(requestId, request, kept.getBytes());
    } catch (Throwable thrown) {
      observability.observerFailed(thrown);
    }
  }

  /** It may run long after the request's own turn, and is the last that happens to it. */
  private void guarded(Runnable send) {
    try {
      send.run();
    } catch (Throwable bug) {
      guard.accept(bug);
      FatalErrors.rethrow(bug);
    }
  }
}
