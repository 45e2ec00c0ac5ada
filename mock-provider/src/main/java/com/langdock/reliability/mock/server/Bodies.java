package com.langdock.reliability.mock.server;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/** Receives request bodies of a bounded size. */
final class Bodies {
  private static final int MOST_BYTES = 64 << 20;

  private Bodies() {}

  /** The whole body; fails with {@link TooLarge}, or when the client leaves before its end. */
  static Future<Buffer> receive(HttpServerRequest request) {
    Promise<Buffer> whole = Promise.promise();
    Buffer received = Buffer.buffer();
    request.handler(part -> {
      if (received.length() + part.length() <= MOST_BYTES) {
        received.appendBuffer(part);
      } else {
        whole.tryFail(new TooLarge());
      }
    });
    request.exceptionHandler(whole::tryFail);
    request.endHandler(ignored -> whole.tryComplete(received));
    return whole.future();
  }

  /** The body is larger than the mock accepts. */
  static final class TooLarge extends Exception {
    private static final long serialVersionUID = 1L;

    TooLarge() {
      super("Request exceeds the maximum size");
    }
  }
}
