package com.langdock.reliability.gateway.management;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Sends requests to the gateway's own data port, for whoever wants to see what becomes of them. */
public final class Tries {
  /** Requests that may be sent at once. */
  public static final int MOST = 50;

  private static final JsonFactory JSON = new JsonFactory();

  private final LazyClient client;
  private final IntSupplier port;

  /** Sends to {@code port} of this machine. */
  public Tries(Vertx vertx, IntSupplier port) {
    PoolOptions pool = new PoolOptions().setHttp1MaxSize(MOST).setMaxWaitQueueSize(MOST);
    this.client = new LazyClient(vertx, pool);
    this.port = port;
  }

  /**
   * Sends {@code count} requests for {@code model} side by side; their answers are thrown away.
   *
   * @return the client's ids by which they can be found
   */
  public List<String> send(String model, boolean stream, int count) {
    String first = "try_" + Long.toHexString(ThreadLocalRandom.current().nextLong()) + "_";
    List<String> ids = IntStream.range(0, count).mapToObj(number -> first + number).toList();
    ids.forEach(id -> send(id, body(model, stream)));
    return ids;
  }

  private void send(String id, Buffer body) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setHost("127.0.0.1")
            .setPort(port.getAsInt())
            .setURI("/v1/chat/completions")
            .putHeader("content-type", "application/json")
            .putHeader("x-request-id", id);
    client
        .get()
        .request(options)
        .compose(request -> request.send(body))
        .compose(HttpClientResponse::end)
        .recover(whatever -> Future.succeededFuture());
  }

  private static Buffer body(String model, boolean stream) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
      json.writeStartObject();
      json.writeStringProperty("model", model);
      json.writeStringProperty("client_id", "dashboard");
      json.writeBooleanProperty("stream", stream);
      json.writeArrayPropertyStart("messages");
      json.writeStartObject();
      json.writeStringProperty("role", "user");
      json.writeStringProperty("content", "Tell me about the reliability of gateways.");
      json.writeEndObject();
      json.writeEndArray();
      json.writeEndObject();
    }
    return Buffer.buffer(bytes.toByteArray());
  }
}
