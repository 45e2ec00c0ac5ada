package com.langdock.reliability.e2e.traces;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.access.KeyHash;
import com.langdock.reliability.e2e.GatewayFixture;
import com.langdock.reliability.e2e.journal.GatewayProcess;
import com.langdock.reliability.mock.MockProvider;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A client's key is named by its id everywhere, and appears nowhere; neither does its hash. */
@Tag("e2e")
final class SecretKeysE2eTest {
  private static final String KEY = "sk-lg-7h2k9m4q8xw3-QWERTYUIOPASDFGHJKLZXCVBNMqwertyuiopasdf";
  private static final String OLD = "sk-lg-8h2k9m4q8xw3-OLDOLDOLDOLDOLDOLDOLDOLDOLDOLDOLDOLDOLDO";
  private static final String TOKEN = "at-lg-7h2k9m4q8xw3-TOKENTOKENTOKENTOKENTOKENTOKENTOKENTOK";

  private final Collector collector = new Collector();
  private final MockProvider openai = MockProvider.openAi();
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<String> answers = new ArrayList<>();

  @AfterEach
  void close() {
    client.close();
    openai.close();
    collector.close();
  }

  private String config(Path folder) {
    return """
    server: {host: 127.0.0.1, port: 0}
    observability: {metrics_port: 0, log_level: debug}
    providers: [{name: openai, base_url: '%s', api_key: k, models: [gpt-4]}]
    teams: [{name: search}]
    management: {tokens: [{name: boss, role: admin, hash: '%s'}]}
    client_keys:
      keys:
        - {name: service, hash: '%s', team: search, metadata: {cost_center: "4711"}}
        - {name: old, hash: '%s', expires: 2020-01-01}
    """
            .formatted(
                openai.url(),
                KeyHash.of(TOKEN).text(),
                KeyHash.of(KEY).text(),
                KeyHash.of(OLD).text())
        + GatewayFixture.journal(
            folder.resolve("journal.db"), ", durability: sync, contents: true");
  }

  private static HttpRequest.Builder to(int port, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
  }

  private int ask(int port, String path, String body, String... headers) throws Exception {
    HttpRequest.Builder request =
        to(port, path)
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  private int send(HttpRequest.Builder request) throws Exception {
    HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
    answers.add(response.headers() + response.body());
    return response.statusCode();
  }

  @Test
  void areNowhereButInTheirOwnersHands(@TempDir Path folder) throws Exception {
    try (GatewayProcess gateway =
        GatewayProcess.start(folder, config(folder), collector.environment())) {
      int data = gateway.port("data");
      int management = gateway.port("management");
      String bearer = "Bearer " + KEY;
      String chat = GatewayFixture.chat("gpt-4");
      assertThat(ask(data, "/v1/chat/completions", chat, "authorization", bearer)).isEqualTo(200);
      assertThat(ask(data, "/v1/chat/completions", chat, "x-api-key", KEY)).isEqualTo(200);
      assertThat(ask(data, "/v1/chat/completions", "{", "authorization", bearer)).isEqualTo(400);
      assertThat(ask(data, "/v1/nothing", "{}", "authorization", bearer)).isEqualTo(404);
      assertThat(ask(data, "/v1/chat/completions", chat, "x-api-key", OLD)).isEqualTo(401);
      assertThat(ask(data, "/v1/chat/completions", chat, "authorization", bearer + "x"))
          .isEqualTo(401);
      assertThat(ask(data, "/v1/chat/completions?api_key=" + KEY, chat)).isEqualTo(401);
      assertThat(send(to(data, "/v1/key").header("x-goog-api-key", KEY))).isEqualTo(200);
      for (String path : List.of("/metrics", "/api/requests", "/api/providers")) {
        assertThat(send(to(management, path).header("authorization", "Bearer " + TOKEN)))
            .isEqualTo(200);
        assertThat(send(to(management, path).header("authorization", bearer))).isEqualTo(401);
      }
      List<String> all = new ArrayList<>(answers);
      collector.spans(8).forEach(span -> all.add(span.toString()));
      all.addAll(gateway.allLines());
      openai.requests().forEach(request -> all.add(request.toString()));
      all.addAll(files(folder));
      assertThat(all).hasSizeGreaterThan(30).allSatisfy(SecretKeysE2eTest::hasNoSecret);

      JsonNode line = gateway.awaitLines("request_succeeded", 2).getFirst();
      assertThat(line.path("key_id").asString()).isEqualTo("key:service");
      assertThat(line.path("team").asString()).isEqualTo("search");
      assertThat(String.join("", all)).contains("gateway.key_id", "gateway.team");
      assertThat(answers)
          .anySatisfy(answer ->
              assertThat(answer)
                  .contains("\"key_id\":\"key:service\"", "\"team\":\"search\"")
                  .contains("\"metadata\":{\"cost_center\":\"4711\"}")
                  .contains("\"outcome\":\"invalid\""));
      assertThat(gateway.lines("access_refused"))
          .extracting(refused -> refused.path("reason").asString())
          .contains("missing_api_key", "invalid_api_key", "expired_api_key");
    }
  }

  private static void hasNoSecret(String text) {
    for (String secret : List.of(KEY, OLD, TOKEN)) {
      String hash = KeyHash.of(secret).text();
      assertThat(text.contains(secret.substring(secret.lastIndexOf('-')))).isFalse();
      assertThat(text.contains(hash.substring(hash.indexOf(':') + 1))).isFalse();
    }
  }

  /** The journal's files. */
  private static List<String> files(Path folder) throws IOException {
    List<String> texts = new ArrayList<>();
    try (Stream<Path> all = Files.list(folder)) {
      for (Path file : all.filter(name -> name.toString().contains("journal.db")).toList()) {
        texts.add(Files.readString(file, ISO_8859_1));
      }
    }
    assertThat(texts).isNotEmpty();
    return texts;
  }
}
