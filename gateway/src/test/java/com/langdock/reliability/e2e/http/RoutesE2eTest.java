package com.langdock.reliability.e2e.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.langdock.reliability.e2e.GatewayFixture;
import com.langdock.reliability.e2e.Reply;
import com.langdock.reliability.mock.log.SeenRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are passed on below configured paths. */
@Tag("e2e")
class RoutesE2eTest {
  private static GatewayFixture gateway(String url) {
    return GatewayFixture.of(
        GatewayFixture.SHORT_TIMES,
        """
        providers:
          - {name: files, type: openai, base_url: "%s", api_key: "%s", models: [m]}
        routes:
          /v1/files: {provider: files, headers: [x-team]}
          /plain: {provider: files, to: /files, methods: [GET]}
        """
            .formatted(url, GatewayFixture.SECRET));
  }

  private static HttpRequest.Builder request(GatewayFixture fixture, String path) {
    return HttpRequest.newBuilder(fixture.url(path));
  }

  private static void script(GatewayFixture fixture, String... faults) {
    fixture.openai.configure(
        "{\"timeout_duration_seconds\":3,\"script\":[\"" + String.join("\",\"", faults) + "\"]}");
  }

  private static GatewayFixture gateway() {
    return GatewayFixture.of(
        GatewayFixture.SHORT_TIMES,
        fixture ->
            """
            providers:
              - {name: files, type: openai, base_url: "%s", api_key: k, models: [m]}
            routes: {/v1/files: {provider: files}, /plain: {provider: files, to: /files}}
            """
                .formatted(fixture.openai.url()));
  }

  @Nested
  class AtTheMock {
    @Test
    void passesARequestOnAndItsAnswerBack() {
      try (GatewayFixture fixture = gateway()) {
        Reply reply = fixture.get("/v1/files/f1?limit=2&key=client");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("asked").asString("")).isEqualTo("/v1/files/f1?limit=2");
        assertThat(reply.header("x-provider")).isEqualTo("files");
        assertThat(reply.header("x-model")).isEqualTo("/v1/files");
        assertThat(reply.trail()).isEqualTo("files//v1/files:200");
        assertThat(fixture.attempts("files", "success")).isOne();
        assertThat(fixture.metric("gateway_requests_total", Map.of("outcome", "success"))).isOne();
        assertThat(fixture.get("/plain/f1").json().path("asked").asString(""))
            .isEqualTo("/v1/files/f1");
        assertThat(fixture.get("/v1/models").response().body()).doesNotContain("/v1/files");
        fixture.ask(GatewayFixture.chat("/v1/files")).isError(404, "model_not_found");
      }
    }

    @ParameterizedTest
    @CsvSource({
      "server_error, 2",
      "overloaded, 2",
      "timeout, 2",
      "reset, 2",
      "rate_limit, 2",
    })
    void repeatsWhatMayBeRepeated(String fault, int calls) {
      try (GatewayFixture fixture = gateway()) {
        script(fixture, fault);

        assertThat(fixture.get("/v1/files").status()).isEqualTo(200);
        assertThat(fixture.openai.requests()).hasSize(calls);
      }
    }

    @ParameterizedTest
    @CsvSource({
      "server_error, 1, 502, provider_error",
      "overloaded, 1, 503, provider_overloaded",
      "timeout, 1, 504, provider_timeout",
      "reset, 1, 502, provider_unreachable",
      "auth, 1, 502, provider_auth_failed",
    })
    void sendsOnceWhatMustNotBeRepeated(String fault, int calls, int status, String code) {
      try (GatewayFixture fixture = gateway()) {
        script(fixture, fault);

        HttpRequest post =
            request(fixture, "/v1/files").POST(BodyPublishers.ofString("csv")).build();
        Reply.of(fixture.send(post)).isError(status, code);

        assertThat(fixture.openai.requests()).hasSize(calls);
      }
    }

    @Test
    void repeatsAPostThatARateLimitRefused() {
      try (GatewayFixture fixture = gateway()) {
        script(fixture, "rate_limit");

        HttpRequest post =
            request(fixture, "/v1/files")
                .header("content-type", "text/csv")
                .POST(BodyPublishers.ofString("a,b"))
                .build();
        Reply reply = Reply.of(fixture.send(post));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(fixture.openai.requests()).extracting(SeenRequest::body).containsOnly("a,b");
      }
    }

    @Test
    void streamsContents() {
      try (GatewayFixture fixture = gateway()) {
        HttpResponse<String> response =
            fixture.send(request(fixture, "/v1/files/f1/content").build());

        assertThat(response.headers().firstValue("content-type")).hasValue("audio/mpeg");
        assertThat(response.body()).startsWith("This is a mock answer").contains("Finished by");
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {"stream_cut", "stream_fin", "stream_stall"})
    void neverEndsContentsThatBreakOffAsIfTheyWereWhole(String fault) {
      try (GatewayFixture fixture = gateway()) {
        script(fixture, fault);

        assertThatThrownBy(() -> fixture.send(request(fixture, "/v1/files/f1/content").build()))
            .isInstanceOf(CompletionException.class)
            .hasCauseInstanceOf(IOException.class);
      }
    }

    @Test
    void cancelsWhenTheClientLeaves() throws Exception {
      try (GatewayFixture fixture = gateway()) {
        fixture.openai.configure("{\"token_delay_ms\":100}");
        HttpResponse<InputStream> response =
            fixture
                .client
                .sendAsync(
                    request(fixture, "/v1/files/f1/content").build(), BodyHandlers.ofInputStream())
                .join();
        assertThat(response.body().readNBytes(4)).hasSize(4);

        response.body().close();
        TimeUnit.MILLISECONDS.sleep(500);

        assertThat(fixture.openai.requests()).hasSize(1).allMatch(SeenRequest::clientGone);
      }
    }

    @Test
    void refusesOtherMethodsPathsAndBrowsers() {
      try (GatewayFixture fixture = gateway("http://127.0.0.1:9")) {
        HttpRequest post = request(fixture, "/plain").POST(BodyPublishers.noBody()).build();
        Reply wrongMethod = Reply.of(fixture.send(post)).isError(405, "method_not_allowed");
        HttpRequest page =
            request(fixture, "/v1/files")
                .header("origin", "http://localhost")
                .header("content-type", "text/plain")
                .POST(BodyPublishers.ofString("x"))
                .build();

        HttpRequest head = request(fixture, "/plain").HEAD().build();

        assertThat(fixture.send(head).statusCode()).isEqualTo(405);
        assertThat(wrongMethod.header("allow")).isEqualTo("GET");
        Reply.of(fixture.send(page)).isError(415, "unsupported_media_type");
        fixture.get("/v1/files/%2e%2e/chat").isError(400, "invalid_path");
        fixture.get("/v1/filesystem").isError(404, "not_found");
      }
    }
  }

  @Nested
  class AtARawServer {
    private final List<String> heads = new CopyOnWriteArrayList<>();

    private RawServer server(String reply) throws IOException {
      return new RawServer((in, socket) -> {
        while (true) {
          String head = RawServer.readHeadText(in);
          int length = Integer.parseInt(head.replaceAll("(?is).*content-length: (\\d+).*", "$1"));
          heads.add(head + new String(in.readNBytes(length), ISO_8859_1));
          RawServer.write(socket, reply);
        }
      });
    }

    @Test
    void sendsTheMethodAndTheGatewaysCredentialInPlaceOfTheClients() throws IOException {
      try (RawServer server = server("HTTP/1.1 204 No Content\r\n\r\n");
          GatewayFixture fixture = gateway(server.url())) {
        HttpRequest delete =
            request(fixture, "/v1/files/a%20b?x=%2F")
                .header("authorization", "Bearer client-key")
                .header("x-api-key", "client-key")
                .header("cookie", "a=b")
                .header("x-team", "blue")
                .header("openai-beta", "assistants=v2")
                .DELETE()
                .build();

        HttpResponse<String> response = fixture.send(delete);

        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(response.headers().firstValue("content-length")).isEmpty();
        assertThat(response.headers().firstValue("transfer-encoding")).isEmpty();
        assertThat(heads)
            .singleElement()
            .asString()
            .startsWith("DELETE /v1/files/a%20b?x=%2F HTTP/1.1\r\n")
            .contains("authorization: Bearer " + GatewayFixture.SECRET)
            .contains("x-team: blue", "openai-beta: assistants=v2")
            .doesNotContain("client-key", "cookie");
      }
    }

    @Test
    void passesAnErrorOfTheRequestBackWithoutSecrets() throws IOException {
      String body = "{\"error\":\"no file for " + GatewayFixture.SECRET + "\"}";
      String reply =
          "HTTP/1.1 404 Not Found\r\ncontent-type: application/json\r\nset-cookie: a=b\r\n"
              + "location: http://internal/\r\ncontent-length: "
              + body.length()
              + "\r\n\r\n"
              + body;
      try (RawServer server = server(reply);
          GatewayFixture fixture = gateway(server.url())) {
        Reply answer = fixture.get("/v1/files/f1");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.response().body()).isEqualTo("{\"error\":\"no file for [redacted]\"}");
        assertThat(answer.header("location") + answer.header("set-cookie")).isEmpty();
        assertThat(heads).hasSize(1);
      }
    }

    @Test
    void neverFollowsOrPassesBackARedirect() throws IOException {
      String reply =
          "HTTP/1.1 302 Found\r\nlocation: http://169.254.169.254/\r\ncontent-length: 0\r\n\r\n";
      try (RawServer server = server(reply);
          GatewayFixture fixture = gateway(server.url())) {
        HttpRequest post = request(fixture, "/v1/files").POST(BodyPublishers.ofString("x")).build();

        Reply.of(fixture.send(post)).isError(502, "provider_error");
        assertThat(heads).hasSize(1);
      }
    }
  }
}
