package com.langdock.reliability.gateway.api;

import com.langdock.reliability.gateway.api.response.ApiError;
import com.langdock.reliability.gateway.api.response.ErrorJson;
import com.langdock.reliability.gateway.orchestration.StreamDelivery;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;

/** The response of a stream: its head goes out together with the first events. */
final class StreamAnswer implements StreamDelivery {
  private static final CharSequence EVENTS =
      HttpHeaders.createOptimized("text/event-stream; charset=utf-8");
  private static final CharSequence NO_CACHE = HttpHeaders.createOptimized("no-cache");
  private static final CharSequence BUFFERING = HttpHeaders.createOptimized("x-accel-buffering");
  private static final CharSequence NO = HttpHeaders.createOptimized("no");

  private final HttpServerResponse response;
  private final AnswerEnd end;

  /** A response that already has the headers of every answer. */
  StreamAnswer(HttpServerResponse response, AnswerEnd end) {
    this.response = response;
    this.end = end;
    response
        .setChunked(true)
        .putHeader(HttpHeaders.CONTENT_TYPE, EVENTS)
        .putHeader(HttpHeaders.CACHE_CONTROL, NO_CACHE)
        .putHeader(BUFFERING, NO);
  }

  @Override
  public void write(byte[] events) {
    end.sent(events);
    if (isOpen()) {
      response.write(Buffer.buffer(events));
    }
  }

  @Override
  public boolean isFull() {
    return isOpen() && response.writeQueueFull();
  }

  @Override
  public void whenDrained(Runnable resume) {
    response.drainHandler(drained -> {
      response.drainHandler(null);
      resume.run();
    });
  }

  @Override
  public void end(byte[] events) {
    end.of(
        events,
        () -> {
          if (isOpen()) {
            response.end(Buffer.buffer(events));
          }
        });
  }

  /** Ends with an error and without {@code [DONE]}: what came before is not whole. */
  void fail(ApiError error, String requestId) {
    Buffer event = Buffer.buffer("data: ");
    event.appendBytes(ErrorJson.of(error, requestId)).appendString("\n\n");
    end(event.getBytes());
  }

  private boolean isOpen() {
    return !response.ended() && !response.closed();
  }
}
