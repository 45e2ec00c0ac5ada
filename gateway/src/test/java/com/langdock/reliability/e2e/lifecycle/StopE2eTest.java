package com.langdock.reliability.e2e.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.e2e.GatewayFixture;
import com.langdock.reliability.e2e.journal.GatewayProcess;
import com.langdock.reliability.mock.MockProvider;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The effect of signals on a gateway and its connected clients. */
@Tag("e2e")
final class StopE2eTest {
  @TempDir private Path folder;

  private final MockProvider openai = MockProvider.openAi();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @AfterEach
  void close() {
    client.shutdownNow();
    openai.close();
  }

  @Test
  void requestsEndedByTheDrainGetAnError() throws Exception {
    openai.configure("{\"chunks\":100,\"token_delay_ms\":200}");
    try (GatewayProcess gateway = start("lame_duck: 0s, drain_timeout: 300ms")) {
      CompletableFuture<HttpResponse<String>> stream =
          ask(gateway, GatewayFixture.streamed("gpt-4"));
      await(() -> openai.requests().size() == 1);
      Thread.sleep(600);
      openai.configure("{\"response_delay_seconds\":20}");
      CompletableFuture<HttpResponse<String>> whole = ask(gateway, GatewayFixture.chat("gpt-4"));
      await(() -> openai.requests().size() == 2);
      gateway.signal("TERM");
      assertThat(stream.join().body())
          .contains("\"code\":\"gateway_stopping\"")
          .doesNotContain("[DONE]");
      assertThat(whole.join().statusCode()).isEqualTo(503);
      assertThat(whole.join().body()).contains("\"code\":\"gateway_stopping\"");
      assertThat(whole.join().headers().firstValue("retry-after")).isPresent();
      assertThat(gateway.exitCode(10)).isZero();
      assertThat(gateway.lines("request_failed"))
          .hasSize(2)
          .allSatisfy(
              line -> assertThat(line.path("code").asString("")).isEqualTo("gateway_stopping"));
      assertThat(gateway.lines("request_cancelled")).isEmpty();
      assertThat(gateway.lines("bug")).isEmpty();
    }
  }

  @Test
  void aWaitingRetryAndAManagementClientAreNotBugs() throws Exception {
    openai.configure("{\"server_error_probability\":1.0}");
    try (GatewayProcess gateway = start("lame_duck: 0s, drain_timeout: 100ms")) {
      CompletableFuture<HttpResponse<String>> live = get(gateway.port("management"), "/api/live");
      CompletableFuture<HttpResponse<String>> whole = ask(gateway, GatewayFixture.chat("gpt-4"));
      await(() -> !gateway.lines("retry_scheduled").isEmpty());
      gateway.signal("TERM");
      assertThat(whole.join().statusCode()).isEqualTo(503);
      assertThat(gateway.exitCode(10)).isZero();
      assertThat(live.handle((reply, gone) -> true).join()).isTrue();
      assertThat(gateway.lines("bug")).isEmpty();
      assertThat(gateway.lines("shutdown_step_failed")).isEmpty();
      assertThat(gateway.lines("shutdown_step_late")).isEmpty();
    }
  }

  @Test
  void aLameDuckServesRequestsWhileItsHealthCheckFails() throws Exception {
    try (GatewayProcess gateway = start("lame_duck: 2s, drain_timeout: 5s")) {
      assertThat(ask(gateway, GatewayFixture.chat("gpt-4")).join().statusCode()).isEqualTo(200);
      gateway.signal("TERM");
      gateway.awaitLines("lame_duck", 1);
      HttpResponse<String> ready = get(gateway.port("data"), "/health/ready").join();
      assertThat(ready.statusCode()).isEqualTo(503);
      assertThat(ready.body()).isEqualTo("{\"status\":\"draining\"}");
      HttpResponse<String> reply = ask(gateway, GatewayFixture.chat("gpt-4")).join();
      assertThat(reply.statusCode()).isEqualTo(200);
      assertThat(reply.headers().firstValue("connection")).hasValue("close");
      assertThat(gateway.exitCode(10)).isZero();
    }
  }

  @Test
  void anInterruptSkipsTheLameDuck() throws Exception {
    try (GatewayProcess gateway = start("lame_duck: 1m, drain_timeout: 5s")) {
      assertThat(ask(gateway, GatewayFixture.chat("gpt-4")).join().statusCode()).isEqualTo(200);
      gateway.signal("INT");
      assertThat(gateway.exitCode(10)).isZero();
    }
  }

  @Test
  void anUnusedGatewaySkipsTheLameDuck() throws Exception {
    try (GatewayProcess gateway = start("lame_duck: 1m, drain_timeout: 5s")) {
      gateway.signal("TERM");
      assertThat(gateway.exitCode(10)).isZero();
    }
  }

  @Test
  void aHangUpReadsTheConfigurationAgain() throws Exception {
    try (GatewayProcess gateway = start("lame_duck: 0s, drain_timeout: 5s")) {
      gateway.signal("HUP");
      assertThat(gateway.awaitLines("config_changed", 1).getFirst().path("by").asString())
          .isEqualTo("signal");
      assertThat(ask(gateway, GatewayFixture.chat("gpt-4")).join().statusCode()).isEqualTo(200);
      assertThat(gateway.isAlive()).isTrue();
    }
  }

  private GatewayProcess start(String server) throws Exception {
    String config =
        """
        server: {host: 127.0.0.1, port: 0, %s}
        observability: {metrics_port: 0}
        journal: {url: "sqlite:%s"}
        retry: {base_backoff: 20s}
        providers:
          - {name: openai, base_url: "%s", api_key: k, models: [gpt-4]}
        """
            .formatted(server, folder.resolve("journal.db"), openai.url());
    GatewayProcess gateway = GatewayProcess.start(folder, config, Map.of());
    gateway.awaitLines("server_started", 2);
    return gateway;
  }

  private CompletableFuture<HttpResponse<String>> ask(GatewayProcess gateway, String body) {
    return client.sendAsync(
        HttpRequest.newBuilder(url(gateway.port("data"), "/v1/chat/completions"))
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private CompletableFuture<HttpResponse<String>> get(int port, String path) {
    return client.sendAsync(
        HttpRequest.newBuilder(url(port, path)).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static URI url(int port, String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    for (int poll = 0; poll < 200 && !condition.getAsBoolean(); poll++) {
      Thread.sleep(50);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }
}
