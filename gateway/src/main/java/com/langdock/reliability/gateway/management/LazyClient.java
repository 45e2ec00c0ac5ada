package com.langdock.reliability.gateway.management;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import org.jspecify.annotations.Nullable;

/** An HTTP client that is made when it is first asked for: most gateways never need it. */
final class LazyClient {
  private final Vertx vertx;
  private final PoolOptions pool;
  private @Nullable HttpClient client;

  LazyClient(Vertx vertx, PoolOptions pool) {
    this.vertx = vertx;
    this.pool = pool;
  }

  synchronized HttpClient get() {
    if (client == null) {
      client = vertx.createHttpClient(new HttpClientOptions(), pool);
    }
    return client;
  }
}
