package com.langdock.reliability.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.fuzz.Seeds;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Invalid input gets a clear error and causes no provider call. */
@Tag("e2e")
class InvalidInputE2eTest {
  private static final GatewayFixture FIXTURE = GatewayFixture.open();

  @AfterAll
  static void close() {
    FIXTURE.close();
  }

  record Wrong(String method, String path, String type, String body, int status, String code) {}

  static Stream<Wrong> wrongs() {
    String json = "application/json";
    String chat = "/v1/chat/completions";
    return Stream.of(
        new Wrong("GET", chat, json, "", 405, "method_not_allowed"),
        new Wrong("DELETE", "/v1/models", json, "", 405, "method_not_allowed"),
        new Wrong("POST", "/v1/assistants", json, "{}", 404, "not_found"),
        new Wrong("GET", "/%2e%2e/etc", json, "", 404, "not_found"),
        new Wrong(
            "POST",
            chat,
            "text/plain",
            GatewayFixture.chat("gpt-4"),
            415,
            "unsupported_media_type"),
        new Wrong("POST", chat, json, "", 400, "invalid_json"),
        new Wrong("POST", chat, json, "{\"model\":", 400, "invalid_json"),
        new Wrong("POST", chat, json, "{\"model\":\"gpt-4\"}", 400, "missing_field"),
        new Wrong("POST", chat, json, GatewayFixture.chat("gpt-99"), 404, "model_not_found"),
        new Wrong("POST", chat, json, chatWith("\"temperature\":3"), 400, "invalid_value"),
        new Wrong("POST", chat, json, longChat(), 400, "context_length_exceeded"),
        new Wrong("POST", chat, json, " ".repeat(9_000_000), 413, "request_too_large"));
  }

  @ParameterizedTest
  @MethodSource("wrongs")
  void getsItsError(Wrong wrong) {
    Reply reply =
        Reply.of(
            FIXTURE.send(
                HttpRequest.newBuilder(FIXTURE.url(wrong.path()))
                    .header("content-type", wrong.type())
                    .method(wrong.method(), BodyPublishers.ofString(wrong.body()))
                    .build()));
    reply.isError(wrong.status(), wrong.code());
    assertThat(FIXTURE.openai.requests()).isEmpty();
    assertThat(FIXTURE.anthropic.requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "1.5", "soon", "9999999999999"})
  void anInvalidTimeoutIsRefused(String timeout) {
    Reply reply = FIXTURE.ask(GatewayFixture.chat("gpt-4"), "x-request-timeout-ms", timeout);
    reply.isError(400, "invalid_value");
    assertThat(reply.error().path("param").asString("")).isEqualTo("X-Request-Timeout-Ms");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rubbish\r\n\r\n",
        "GET / HTTP/9.9\r\n\r\n",
        "POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\ncontent-length: many\r\n\r\n"
      })
  void invalidHttpIsRefusedOrClosed(String text) throws IOException {
    assertThat(send(text)).matches("(?s)|HTTP/\\d\\.\\d (4\\d\\d|50[15]) .*");
  }

  @Test
  void headersThatAreTooLargeAreRefused() throws IOException {
    String answer =
        send(
            "GET /health HTTP/1.1\r\nhost: localhost\r\nx-big: " + "a".repeat(60_000) + "\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 431").contains("headers_too_large");
  }

  /** The client's end of output is read together with its request. */
  @Test
  void aClientWithAClosedOutputGetsItsAnswer() throws IOException {
    for (int i = 0; i < 200; i++) {
      assertThat(send("GET /health HTTP/1.1\r\nhost: localhost\r\n\r\n"))
          .startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void randomBytesGetNoServerErrorAndNoHang() throws IOException {
    for (int seed : Seeds.of("bytes to the HTTP port", 150)) {
      byte[] bytes = new byte[new Random(seed).nextInt(1, 400)];
      new Random(seed).nextBytes(bytes);
      String answer = send(new String(bytes, StandardCharsets.ISO_8859_1) + "\r\n\r\n");
      assertThat(answer).as("seed %d", seed).matches("(?s)|HTTP/\\d\\.\\d (4\\d\\d|50[15]) .*");
    }
  }

  @Test
  void mutatedRequestsGetNoServerErrorAndNoStackTrace() {
    List<String> pieces =
        List.of("null", "{}", "[]", "\"\"", "1e400", "-1", "true", "\\", "\u0000");
    for (int seed : Seeds.of("requests over HTTP", 600)) {
      Random random = new Random(seed);
      StringBuilder body = new StringBuilder(chatWith("\"temperature\":1,\"stop\":[\"a\"]"));
      for (int edit = random.nextInt(3); edit >= 0; edit--) {
        int at = random.nextInt(body.length());
        body.replace(
            at, Math.min(body.length(), at + random.nextInt(6)), pieces.get(random.nextInt(9)));
      }
      Reply reply = FIXTURE.ask(body.toString());
      assertThat(reply.status()).as("seed %d: %s", seed, body).isIn(200, 400, 404);
      assertThat(reply.response().body()).doesNotContain("Exception", "\tat ");
    }
    FIXTURE.openai.reset();
    FIXTURE.anthropic.reset();
  }

  @Test
  void requestIdsAreGeneratedAndTheClientsIsEchoed() {
    Reply reply = FIXTURE.ask(GatewayFixture.chat("gpt-99"), "x-request-id", "mine-7");
    assertThat(reply.header("x-request-id")).matches(Pattern.compile("req_\\d{13}_[0-9a-f]{8}"));
    assertThat(reply.header("x-client-request-id")).isEqualTo("mine-7");
  }

  @Test
  void healthAndModelsAnswer() {
    assertThat(FIXTURE.get("/health").json().path("status").asString("")).isEqualTo("healthy");
    assertThat(FIXTURE.get("/health/live").status()).isEqualTo(200);
    assertThat(FIXTURE.get("/health/ready").status()).isEqualTo(200);
    Reply models = FIXTURE.get("/v1/models");
    assertThat(models.json().path("data")).hasSize(4);
    assertThat(models.json().path("data").path(0).path("id").asString("")).isEqualTo("gpt-4");
  }

  @Test
  void aModelCanBeRead() throws IOException {
    Reply model = FIXTURE.get("/v1/models/gpt%2D4");
    assertThat(model.status()).isEqualTo(200);
    assertThat(model.json().path("id").asString("")).isEqualTo("gpt-4");
    assertThat(model.json().path("object").asString("")).isEqualTo("model");
    assertThat(model.json().path("owned_by").asString("")).isEqualTo("openai");
    Reply unknown = FIXTURE.get("/v1/models/org/gpt-99").isError(404, "model_not_found");
    assertThat(unknown.error().path("message").asString("")).contains("org/gpt-99");
    assertThat(send("GET /v1/models/%zz HTTP/1.1\r\nhost: localhost\r\n\r\n"))
        .startsWith("HTTP/1.1 404");
  }

  @Test
  void invalidRequestsAreCounted() {
    double before = FIXTURE.metric("gateway_requests_total", Map.of("outcome", "invalid"));
    FIXTURE.ask("{}");
    assertThat(FIXTURE.metric("gateway_requests_total", Map.of("outcome", "invalid")))
        .isEqualTo(before + 1);
  }

  private static String chatWith(String field) {
    return GatewayFixture.chat("gpt-4")
        .replaceFirst("\\{", "{" + field.replace("\\", "\\\\") + ",");
  }

  private static String longChat() {
    return GatewayFixture.chat("gpt-4").replace("Say hi", "hello ".repeat(9_000));
  }

  /** Writes bytes and reads until the gateway closes or sends nothing more. */
  private static String send(String text) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), FIXTURE.gateway.port())) {
      socket.setSoTimeout(2_000);
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (SocketException closed) {
      return "";
    }
  }
}
