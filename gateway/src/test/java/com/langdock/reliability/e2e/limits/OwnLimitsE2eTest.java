package com.langdock.reliability.e2e.limits;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.e2e.GatewayFixture;
import com.langdock.reliability.e2e.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Routes and single APIs with limits of their own: of a body, and of requests at once. */
@Tag("e2e")
class OwnLimitsE2eTest {
  private static final int KIB = 1_024;

  private static GatewayFixture fixture;

  @BeforeAll
  static void open() {
    fixture =
        GatewayFixture.of(
            GatewayFixture.with(
                "server: {host: 127.0.0.1, port: 0, max_body: 8KiB,"
                    + " max_body_of: {embeddings: 2KiB, moderations: 16KiB}}"),
            opened ->
                """
                providers:
                  - {name: openai, base_url: "%s", api_key: k, models: [m],
                     formats: [chat, embeddings, moderations]}
                routes:
                  /v1/files: {provider: openai, max_body: 4KiB}
                  /v1/batches: {provider: openai}
                limits:
                  models:
                    /v1/files: {concurrent: 2}
                    m: {concurrent: 2}
                """
                    .formatted(opened.openai.url()));
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  @BeforeEach
  void reset() {
    fixture.openai.reset();
  }

  private static HttpRequest.Builder post(String path) {
    return HttpRequest.newBuilder(fixture.url(path)).header("content-type", "application/json");
  }

  /** A request of {@code bytes}, without regard to what the API makes of it. */
  private static byte[] body(int bytes) {
    String start = "{\"model\":\"m\",\"messages\":[],\"input\":\"";
    return (start + "x".repeat(bytes - start.length() - 2) + "\"}")
        .getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/chat/completions, 8",
    "/v1/embeddings, 2",
    "/v1/moderations, 16",
    "/v1/files, 4",
    "/v1/batches, 8",
  })
  void refuseALongerBody(String path, int kibibytes) {
    int most = kibibytes * KIB;
    HttpResponse<String> longest =
        fixture.send(post(path).POST(BodyPublishers.ofByteArray(body(most))).build());
    Reply longer =
        Reply.of(fixture.send(post(path).POST(BodyPublishers.ofByteArray(body(most + 1))).build()));

    assertThat(longest.statusCode()).as(longest.body()).isNotEqualTo(413);
    longer.isError(413, "request_too_large");
    assertThat(longer.error().path("message").asString("")).contains("than " + most + " bytes");
  }

  @Test
  void holdForTheDecodedBody() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
      zip.write(body(4 * KIB + 1));
    }
    HttpRequest zipped =
        post("/v1/files")
            .header("content-encoding", "gzip")
            .POST(BodyPublishers.ofByteArray(bytes.toByteArray()))
            .build();

    Reply.of(fixture.send(zipped)).isError(413, "request_too_large");
    assertThat(fixture.openai.requests()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"/v1/files, GET", "/v1/embeddings, POST"})
  void refuseMoreRequestsAtOnce(String path, String method) {
    fixture.openai.configure("{\"response_delay_seconds\":0.4}");
    byte[] body = method.equals("GET") ? new byte[0] : body(KIB);
    HttpRequest request = post(path).method(method, BodyPublishers.ofByteArray(body)).build();
    List<CompletableFuture<HttpResponse<String>>> asked =
        Stream.generate(
                () -> fixture.client.sendAsync(request, HttpResponse.BodyHandlers.ofString()))
            .limit(3)
            .toList();
    List<Integer> statuses =
        asked.stream().map(reply -> reply.join().statusCode()).sorted().toList();

    assertThat(statuses).containsExactly(200, 200, 429);
    assertThat(fixture.send(request).statusCode()).isEqualTo(200);
  }
}
