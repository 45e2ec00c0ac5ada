package com.langdock.reliability.e2e.keys;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.access.KeyHash;
import com.langdock.reliability.e2e.GatewayFixture;
import com.langdock.reliability.e2e.Reply;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.JsonNode;

/** A gateway whose keys are changed over its management port. */
public final class KeysFixture implements AutoCloseable {
  public static final String BOSS = "at-lg-the-token-of-an-administrator";
  public static final String READER = "at-lg-the-token-of-somebody-who-reads";
  public static final String FILED = "sk-lg-the-key-of-the-file";
  static final String CHAT = GatewayFixture.chat("gpt-4");
  private static final int POLLS = 400;

  private static final String SETTINGS =
      GatewayFixture.SHORT_TIMES
          + """
          management:
            open_metrics: true
            tokens: [{name: boss, role: admin, hash: '%s'}, {name: reader, role: read, hash: '%s'}]
          teams: [{name: filed, models: ['gpt-*']}]
          client_keys: {keys: [{name: file-key, team: filed, hash: '%s'}]}
          """
              .formatted(
                  KeyHash.of(BOSS).text(), KeyHash.of(READER).text(), KeyHash.of(FILED).text());

  public final GatewayFixture gateway;

  private KeysFixture(GatewayFixture gateway) {
    this.gateway = gateway;
  }

  /** With a store in a file of its own. */
  public static KeysFixture open() {
    return new KeysFixture(GatewayFixture.open(SETTINGS));
  }

  /** With the store at {@code url}, and more settings. */
  static KeysFixture at(String url, String more) {
    return new KeysFixture(
        GatewayFixture.open(SETTINGS + "journal: {url: '" + url + "'}\n" + more));
  }

  private HttpRequest.Builder manage(String path, String token) {
    URI url = URI.create("http://127.0.0.1:" + gateway.gateway.managementPort() + path);
    return HttpRequest.newBuilder(url).header("authorization", "Bearer " + token);
  }

  /** Sends a request with a JSON body as an administrator; headers are names and values. */
  Reply send(String method, String path, String json, String... headers) {
    HttpRequest.Builder request =
        manage(path, BOSS)
            .header("content-type", "application/json")
            .method(method, BodyPublishers.ofString(json));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return Reply.of(gateway.send(request.build()));
  }

  /** Posts a text of another type. */
  Reply sendAs(String type, String path, String text) {
    return Reply.of(
        gateway.send(
            manage(path, BOSS)
                .header("content-type", type)
                .POST(BodyPublishers.ofString(text))
                .build()));
  }

  public Reply post(String path, String json) {
    return send("POST", path, json);
  }

  /** Changes what has {@code version}. */
  public Reply patch(String path, long version, String json) {
    return send("PATCH", path, json, "if-match", "\"" + version + "\"");
  }

  Reply delete(String path) {
    return Reply.of(gateway.send(manage(path, BOSS).DELETE().build()));
  }

  public Reply get(String path) {
    return Reply.of(gateway.send(manage(path, BOSS).build()));
  }

  /** The same with a token that may only read, and with headers that say otherwise. */
  Reply asReader(String path) {
    HttpRequest request =
        manage(path, READER)
            .header("x-gateway-operator", "boss")
            .header("x-gateway-operator-reads", "false")
            .build();
    return Reply.of(gateway.send(request));
  }

  /** The answer as text. */
  HttpResponse<String> text(String path) {
    return gateway.send(manage(path, BOSS).build());
  }

  /** The status of a request with another token, or without one. */
  int status(String method, String path, String token) {
    return status(method, path, token, "application/json");
  }

  /** The status of a request with a body of another type. */
  int status(String method, String path, String token, String type) {
    HttpRequest.Builder request =
        manage(path, token)
            .header("content-type", type)
            .method(method, BodyPublishers.ofString("{}"));
    return gateway.send(request.build()).statusCode();
  }

  /** Creates a key. */
  public JsonNode create(String json) {
    Reply reply = post("/api/keys", json);
    assertThat(reply.status()).as(reply.response().body()).isEqualTo(201);
    return reply.json();
  }

  /** Asks with a key. */
  public Reply ask(String key) {
    return gateway.ask(CHAT, "authorization", "Bearer " + key);
  }

  CompletableFuture<HttpResponse<String>> asking(String body, String key) {
    return gateway.asking(body, "authorization", "Bearer " + key);
  }

  static void await(BooleanSupplier condition) throws InterruptedException {
    for (int i = 0; i < POLLS && !condition.getAsBoolean(); i++) {
      Thread.sleep(25);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  @Override
  public void close() {
    gateway.close();
  }
}
