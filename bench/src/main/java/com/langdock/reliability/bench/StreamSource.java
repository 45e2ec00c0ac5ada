package com.langdock.reliability.bench;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayList;
import java.util.List;

/**
 * A provider whose streams never end: each sends its first content at once and then one chunk every
 * twenty milliseconds, with the moment at which it was sent.
 */
final class StreamSource {
  /** What stands before the moment, in nanoseconds and {@link #DIGITS} digits, in a chunk. */
  static final char MARK = '@';

  static final int DIGITS = 19;
  static final int PERIOD_MILLIS = 20;

  private static final String BEFORE =
      "data: {\"id\":\"chatcmpl-bench\",\"object\":\"chat.completion.chunk\",\"created\":1,"
          + "\"model\":\"gpt-4\",\"system_fingerprint\":\"fp_1\",\"choices\":[{\"index\":0,"
          + "\"delta\":{\"content\":\""
          + MARK;
  private static final String AFTER = "\"},\"logprobs\":null,\"finish_reason\":null}]}\n\n";

  private final List<List<HttpServerResponse>> turns = new ArrayList<>();
  private int next;
  private int turn;

  private StreamSource() {
    for (int i = 0; i < PERIOD_MILLIS; i++) {
      turns.add(new ArrayList<>());
    }
  }

  /** Listens on {@code port}. */
  static void start(Vertx vertx, int port) {
    StreamSource source = new StreamSource();
    vertx.createHttpServer().requestHandler(source::begin).listen(port, "127.0.0.1").await();
    vertx.setPeriodic(1, tick -> source.sendNext());
  }

  private void begin(HttpServerRequest request) {
    request
        .body()
        .onSuccess(body -> {
          HttpServerResponse response = request.response();
          List<HttpServerResponse> own = turns.get(next++ % PERIOD_MILLIS);
          response.setChunked(true).putHeader("content-type", "text/event-stream");
          response.closeHandler(gone -> own.remove(response));
          response.write(chunk());
          own.add(response);
        });
  }

  private void sendNext() {
    for (HttpServerResponse response : List.copyOf(turns.get(turn++ % PERIOD_MILLIS))) {
      if (!response.closed() && !response.ended()) {
        response.write(chunk());
      }
    }
  }

  private static String chunk() {
    String moment = Long.toString(System.nanoTime());
    return BEFORE + "0".repeat(DIGITS - moment.length()) + moment + AFTER;
  }
}
