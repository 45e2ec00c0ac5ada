package com.langdock.reliability.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.access.KeyHash;
import com.langdock.reliability.e2e.GatewayFixture;
import com.langdock.reliability.e2e.Reply;
import com.langdock.reliability.e2e.StreamReply;
import com.langdock.reliability.gateway.reload.ConfigReload;
import com.langdock.reliability.gateway.reload.FileWatch;
import com.langdock.reliability.mock.MockProvider;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Another configuration while requests run: what clients, providers, file and metrics show. */
@Tag("e2e")
class ReloadE2eTest {
  private static final String BOSS = "at-lg-the-token-of-an-administrator";
  private static final String READER = "at-lg-the-token-of-somebody-who-reads";
  private static final int POLLS = 200;

  private final MockProvider openai = MockProvider.openAi();
  private final MockProvider other = MockProvider.openAi();
  private final HttpClient client = HttpClient.newHttpClient();
  private @TempDir Path folder;
  private Path file;
  private Gateway gateway;

  private String config(String more) {
    return """
    server: {host: 127.0.0.1, port: 0}
    observability: {metrics_port: 0, log_level: error}
    journal: {url: none}
    management:
      tokens: [{name: boss, role: admin, hash: '%s'}, {name: reader, role: read, hash: '%s'}]
    providers: [{name: openai, base_url: '%s', api_key: "${KEY}", models: [gpt-4]}]
    %s
    """
        .formatted(KeyHash.of(BOSS).text(), KeyHash.of(READER).text(), openai.url(), more);
  }

  @BeforeEach
  void start() throws Exception {
    file = folder.resolve("config.yaml");
    gateway = FiledGateway.start(folder, config(""), Map.of("KEY", "sk-provider"));
  }

  @AfterEach
  void stop() {
    gateway.close();
    client.close();
    openai.close();
    other.close();
  }

  private HttpRequest.Builder manage(String path, String token) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.managementPort() + path))
        .header("authorization", "Bearer " + token);
  }

  private Reply put(String text, int version) {
    return reply(
        manage("/api/config", BOSS)
            .header("content-type", "application/yaml")
            .header("if-match", "\"" + version + "\"")
            .PUT(BodyPublishers.ofString(text)));
  }

  private Reply post(String path, String type, String body, String token) {
    return reply(
        manage(path, token).header("content-type", type).POST(BodyPublishers.ofString(body)));
  }

  private Reply reply(HttpRequest.Builder request) {
    return Reply.of(send(request).join());
  }

  private CompletableFuture<HttpResponse<String>> send(HttpRequest.Builder request) {
    return client.sendAsync(request.build(), BodyHandlers.ofString());
  }

  private CompletableFuture<HttpResponse<String>> chat(String body) {
    return send(
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + gateway.port() + "/v1/chat/completions"))
            .timeout(Duration.ofSeconds(20))
            .header("content-type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  private JsonNode shown() {
    return reply(manage("/api/config", READER)).json();
  }

  private String metrics() {
    return send(manage("/metrics", READER)).join().body();
  }

  private String toOther() {
    return config("").replace(openai.url(), other.url());
  }

  @Test
  void anotherTextIsUsedWrittenAndShown() throws Exception {
    Reply.of(chat(GatewayFixture.chat("gpt-4")).join()).isAnsweredBy("openai");
    String before = shown().path("sha256").asString();
    Reply changed = put(toOther(), 1);
    assertThat(changed.status()).isEqualTo(200);
    assertThat(changed.json().path("by").asString()).isEqualTo("boss");
    Reply.of(chat(GatewayFixture.chat("gpt-4")).join()).isAnsweredBy("openai");
    assertThat(openai.requests()).hasSize(1);
    assertThat(other.requests()).hasSize(1);
    assertThat(file).hasContent(toOther());
    JsonNode shown = shown();
    assertThat(shown.path("version").asInt()).isEqualTo(2);
    assertThat(shown.path("text").asString()).contains(other.url()).doesNotContain(hash(BOSS));
    assertThat(metrics())
        .contains("gateway_config_info{sha256=\"" + shown.path("sha256").asString() + "\"} 1")
        .doesNotContain(before)
        .contains("gateway_config_rejected 0");
  }

  private static String hash(String token) {
    return KeyHash.of(token).text();
  }

  @Test
  void whatIsWrongIsAllNamedAndChangesNothing() {
    String wrong = toOther() + "retry: {max_attempts: 0}\ntimeout: {read: x}\n";
    Reply refused = put(wrong, 1);
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.json().path("problems").size()).isEqualTo(2);
    assertThat(refused.json().path("problems").path(0).path("line").asInt()).isPositive();
    Reply restart = put(toOther().replace("0.1, port: 0", "0.1, port: 1"), 1);
    assertThat(restart.status()).isEqualTo(422);
    assertThat(restart.json().toString()).contains("needs a restart: server.port");
    Reply secret = put(toOther().replace("${KEY}", "sk-literal-secret"), 1);
    assertThat(secret.status()).isEqualTo(422);
    assertThat(secret.json().toString()).contains("must be ${NAME}").doesNotContain("sk-literal");
    Reply.of(chat(GatewayFixture.chat("gpt-4")).join()).isAnsweredBy("openai");
    assertThat(other.requests()).isEmpty();
    assertThat(file).hasContent(config(""));
    assertThat(shown().path("rejection").path("by").asString()).isEqualTo("boss");
    assertThat(metrics()).contains("gateway_config_rejected 1");
    assertThat(put(toOther(), 1).status()).isEqualTo(200);
    assertThat(metrics()).contains("gateway_config_rejected 0");
  }

  @Test
  void ofTwoChangesOfOneVersionTheSecondIsRefused() {
    CompletableFuture<HttpResponse<String>> one = send(changing("retry: {max_attempts: 6}"));
    CompletableFuture<HttpResponse<String>> two = send(changing("retry: {max_attempts: 7}"));
    assertThat(List.of(one.join().statusCode(), two.join().statusCode()))
        .containsExactlyInAnyOrder(200, 412);
    assertThat(shown().path("version").asInt()).isEqualTo(2);
  }

  private HttpRequest.Builder changing(String more) {
    return manage("/api/config", BOSS)
        .header("content-type", "application/yaml")
        .header("if-match", "1")
        .PUT(BodyPublishers.ofString(config(more)));
  }

  @Test
  void checksAndRollsBackByRole() {
    String yaml = "application/yaml";
    Reply checked = post("/api/config/check", yaml, config("retry: {max_attempts: 0}"), BOSS);
    assertThat(checked.status()).isEqualTo(200);
    assertThat(checked.json().path("problems").size()).isEqualTo(1);
    assertThat(post("/api/config/check", yaml, toOther(), BOSS).json().path("problems").size())
        .isZero();
    String version = "{\"version\":1}";
    String json = "application/json";
    assertThat(post("/api/config/rollback", json, version, READER).status()).isEqualTo(403);
    assertThat(put(toOther(), 1).status()).isEqualTo(200);
    assertThat(post("/api/config/rollback", json, version, BOSS).status()).isEqualTo(200);
    assertThat(post("/api/config/rollback", json, "{\"version\":9}", BOSS).status()).isEqualTo(404);
    assertThat(file).hasContent(config(""));
    assertThat(shown().path("history").size()).isEqualTo(3);
    assertThat(reply(manage("/api/config?version=2", READER)).json().toString())
        .contains(other.url());
  }

  @Test
  void noRequestFailsWhileItChanges() throws Exception {
    openai.configure("{\"chunks\":20,\"token_delay_ms\":20}");
    other.configure("{\"chunks\":20,\"token_delay_ms\":20}");
    List<CompletableFuture<HttpResponse<String>>> streams = new ArrayList<>();
    List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
    for (int round = 0; round < 20; round++) {
      streams.add(chat(GatewayFixture.streamed("gpt-4")));
      answers.add(chat(GatewayFixture.chat("gpt-4")));
      String text = round % 2 == 0 ? toOther() : config("");
      boolean wrong = round % 5 == 4;
      Files.writeString(file, wrong ? text.substring(0, text.length() / 2) + "[" : text);
      gateway.reload().orElseThrow().reload("test");
      Thread.sleep(50);
    }
    for (CompletableFuture<HttpResponse<String>> stream : streams) {
      StreamReply.of(stream.join()).isWhole();
    }
    for (CompletableFuture<HttpResponse<String>> answer : answers) {
      assertThat(answer.join().statusCode()).isEqualTo(200);
    }
    assertThat(openai.requests()).isNotEmpty();
    assertThat(other.requests()).isNotEmpty();
  }

  @Test
  void aWatchedFileIsFollowedThroughLinks() throws Exception {
    Path first = Files.writeString(folder.resolve("first"), config(""));
    Path second = Files.writeString(folder.resolve("second"), toOther());
    Files.delete(file);
    Files.createSymbolicLink(file, first);
    ConfigReload reload = gateway.reload().orElseThrow();
    try (FileWatch watch = FileWatch.start(reload, Duration.ofMillis(20))) {
      assertThat(watch).isNotNull();
      Path next = folder.resolve("next");
      Files.createSymbolicLink(next, second);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      for (int poll = 0; poll < POLLS && reload.current().version() == 1; poll++) {
        Thread.sleep(20);
      }
      assertThat(reload.current().version()).isEqualTo(2);
      assertThat(reload.current().by()).isEqualTo("file");
      Files.writeString(second, "providers: [");
      for (int poll = 0; poll < POLLS && reload.rejection() == null; poll++) {
        Thread.sleep(20);
      }
      assertThat(reload.rejection()).isNotNull();
      Reply.of(chat(GatewayFixture.chat("gpt-4")).join()).isAnsweredBy("openai");
      assertThat(other.requests()).hasSize(1);
    }
  }
}
