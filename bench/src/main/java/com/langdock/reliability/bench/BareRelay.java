package com.langdock.reliability.bench;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;

/** Hands bytes on in both directions and looks at none: what a stream costs at least in Vert.x. */
public final class BareRelay {
  private static final int MAX_STREAMS = 16_384;

  private final HttpClient client;

  private BareRelay(HttpClient client) {
    this.client = client;
  }

  /** Listens on the first argument's port and relays to the second's. */
  public static void main(String[] arguments) {
    Vertx vertx =
        Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(1));
    HttpClient client = client(vertx, Integer.parseInt(arguments[1]));
    BareRelay relay = new BareRelay(client);
    vertx
        .createHttpServer()
        .requestHandler(relay::relay)
        .listen(Integer.parseInt(arguments[0]), "127.0.0.1")
        .await();
  }

  private static HttpClient client(Vertx vertx, int port) {
    HttpClientOptions options =
        new HttpClientOptions().setDefaultHost("127.0.0.1").setDefaultPort(port);
    return vertx.createHttpClient(options, new PoolOptions().setHttp1MaxSize(MAX_STREAMS));
  }

  private void relay(HttpServerRequest request) {
    request
        .body()
        .onSuccess(body ->
            client
                .request(HttpMethod.POST, request.uri())
                .onSuccess(upstream -> send(request, upstream, body)));
  }

  private static void send(HttpServerRequest request, HttpClientRequest upstream, Buffer body) {
    upstream
        .putHeader("content-type", "application/json")
        .send(body)
        .onSuccess(answer -> {
          request.response().setChunked(true).putHeader("content-type", "text/event-stream");
          answer.pipeTo(request.response());
        });
  }
}
