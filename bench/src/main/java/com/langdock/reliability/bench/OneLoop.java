package com.langdock.reliability.bench;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;

/** Vert.x as both programs use it: one event loop, and as many connections as are asked for. */
final class OneLoop {
  /** As many connections as are asked for. */
  static final int MANY = 16_384;

  private OneLoop() {}

  static Vertx vertx() {
    return Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(1));
  }

  /** A client of the server at {@code port} of this machine, with so many connections at most. */
  static HttpClient client(Vertx vertx, int port, int connections) {
    HttpClientOptions options =
        new HttpClientOptions().setDefaultHost("127.0.0.1").setDefaultPort(port);
    return vertx.createHttpClient(options, new PoolOptions().setHttp1MaxSize(connections));
  }
}
