package com.langdock.reliability.gateway.management;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.e2e.GatewayFixture;
import com.langdock.reliability.e2e.Reply;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** What the dashboard's page asks of the management port. */
@Tag("e2e")
final class DashboardApiTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final GatewayFixture fixture = GatewayFixture.open();

  @AfterEach
  void close() {
    fixture.close();
  }

  private URI url(String path) {
    return URI.create("http://127.0.0.1:" + fixture.gateway.managementPort() + path);
  }

  /** The first events of a live connection. */
  private List<JsonNode> events(int count) throws IOException, InterruptedException {
    HttpResponse<Stream<String>> response =
        fixture.client.send(
            HttpRequest.newBuilder(url("/api/live")).build(), BodyHandlers.ofLines());
    assertThat(response.headers().firstValue("content-type").orElse(""))
        .startsWith("text/event-stream");
    List<JsonNode> events = new ArrayList<>();
    try (Stream<String> lines = response.body()) {
      Iterator<String> line = lines.filter(text -> text.startsWith("data: ")).iterator();
      while (events.size() < count) {
        events.add(JSON.readTree(line.next().substring("data: ".length())));
      }
    }
    return events;
  }

  @Test
  void sendsAnEventEverySecond() throws Exception {
    fixture.ask(GatewayFixture.chat("gpt-4")).isAnsweredBy("openai");
    fixture.stream(GatewayFixture.streamed("gpt-4"));
    List<JsonNode> events = events(3);

    assertThat(events.getFirst().path("history").size()).isPositive();
    assertThat(events.getLast().has("history")).isFalse();
    JsonNode latest = events.getLast();
    assertThat(latest.path("health").asString()).isEqualTo("healthy");
    assertThat(latest.path("uptime_s").asInt()).isGreaterThanOrEqualTo(0);
    assertThat(latest.path("journal").path("status").asString()).isEqualTo("open");
    assertThat(latest.path("providers").path(0).path("retry_budget").asDouble()).isPositive();
    JsonNode now = latest.path("now");
    assertThat(now.path("requests_per_second").asDouble()).isPositive();
    assertThat(now.path("success_rate").asDouble()).isEqualTo(1);
    assertThat(now.path("latency_p50_ms").asDouble()).isPositive();
    assertThat(now.path("first_token_p50_ms").asDouble()).isPositive();
    assertThat(now.path("tokens_per_second").asDouble()).isPositive();
    assertThat(now.path("cost_per_hour_usd").asDouble()).isPositive();
    JsonNode openai = latest.path("providers").path(0);
    assertThat(openai.path("name").asString()).isEqualTo("openai");
    assertThat(openai.path("targets").path(0).path("succeeded_per_minute").asInt()).isEqualTo(2);
    assertThat(openai.path("breakers").path(0).path("state").asString()).isEqualTo("closed");
  }

  @Test
  void showsWhichProviderFails() throws Exception {
    fixture.openai.configure("{\"server_error_probability\":1}");
    for (int i = 0; i < 5; i++) {
      fixture.ask(GatewayFixture.chat("gpt-4"));
    }
    JsonNode event = events(1).getFirst();
    assertThat(event.path("health").asString()).isEqualTo("degraded");
    JsonNode breaker =
        event
            .path("providers")
            .path(0)
            .path("breakers")
            .valueStream()
            .filter(each -> each.path("name").asString().equals("openai/gpt-4"))
            .findFirst()
            .orElseThrow();
    assertThat(breaker.path("state").asString()).isEqualTo("open");
    assertThat(breaker.path("changes").path(0).path("to").asString()).isEqualTo("open");
    assertThat(breaker.path("why").asString()).isNotBlank();
  }

  @Test
  void limitsConnectedPages() throws Exception {
    List<Socket> subscribers = new ArrayList<>();
    try {
      for (int i = 0; i < LiveFeed.MAX_SUBSCRIBERS; i++) {
        Socket watcher =
            new Socket(InetAddress.getLoopbackAddress(), fixture.gateway.managementPort());
        subscribers.add(watcher);
        assertThat(statusLine(watcher, "GET /api/live HTTP/1.1\r\nhost: localhost\r\n\r\n"))
            .contains("200");
      }
      HttpRequest head = HttpRequest.newBuilder(url("/api/live")).HEAD().build();
      assertThat(fixture.send(head).statusCode()).as("a HEAD takes no place").isEqualTo(200);
      Reply one = fixture.manage("/api/live");
      assertThat(one.status()).isEqualTo(503);
      assertThat(one.error().path("code").asString()).isEqualTo("too_many_watchers");
    } finally {
      for (Socket watcher : subscribers) {
        watcher.close();
      }
    }
  }

  private static String statusLine(Socket socket, String request) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(request.getBytes(StandardCharsets.US_ASCII));
    out.flush();
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    return in.readLine();
  }

  @Test
  void acceptsChangesFromItsOwnPagesOnly() throws Exception {
    HttpResponse<String> form =
        fixture.send(
            HttpRequest.newBuilder(url("/api/log-level"))
                .header("content-type", "text/plain")
                .PUT(BodyPublishers.ofString("{}"))
                .build());
    assertThat(form.statusCode()).isEqualTo(415);
    HttpResponse<String> asked =
        fixture.send(
            HttpRequest.newBuilder(url("/api/log-level"))
                .header("origin", "http://evil.example")
                .method("OPTIONS", BodyPublishers.noBody())
                .build());
    assertThat(asked.statusCode()).isEqualTo(403);
    assertThat(asked.headers().map()).doesNotContainKey("access-control-allow-origin");
  }

  @Test
  void acceptsOnlyNamesOfThisMachine() throws Exception {
    for (String host : List.of("localhost:9090", "127.0.0.1", "[::1]:9090", "10.1.2.3")) {
      assertThat(status(host)).as(host).contains("200");
    }
    assertThat(status("evil.example:9090")).contains("403");
    assertThat(status("localhost.evil.example")).contains("403");
    assertThat(status("evil.example:99999")).contains("403");
  }

  private String status(String host) throws IOException {
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), fixture.gateway.managementPort())) {
      return statusLine(socket, "GET /health HTTP/1.1\r\nhost: " + host + "\r\n\r\n");
    }
  }

  @Test
  void servesItsFilesAndNothingElse() {
    HttpResponse<String> page = fixture.send(HttpRequest.newBuilder(url("/")).build());
    assertThat(page.headers().firstValue("content-type").orElse("")).startsWith("text/html");
    String tag = page.headers().firstValue("etag").orElseThrow();
    HttpRequest again = HttpRequest.newBuilder(url("/")).header("if-none-match", tag).build();
    assertThat(fixture.send(again).statusCode()).isEqualTo(304);
    for (String path : List.of("/ui/", "/ui/files.txt", "/ui/../V1__journal.sql", "/ui/x.js")) {
      assertThat(fixture.manage(path).status()).as(path).isEqualTo(404);
    }
  }
}
