package com.langdock.reliability.e2e.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.e2e.GatewayFixture;
import com.langdock.reliability.e2e.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Variants of a client's HTTP. */
@Tag("e2e")
@Tag("sockets")
class ClientHttpE2eTest {
  private static final GatewayFixture FIXTURE = GatewayFixture.open();
  private static final String HEALTH = "GET /health HTTP/1.1\r\nhost: localhost\r\n\r\n";
  private static final String LAST =
      "GET /health HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";

  @AfterAll
  static void close() {
    FIXTURE.close();
  }

  @AfterEach
  void reset() {
    FIXTURE.openai.reset();
  }

  @Test
  void requestsSentAheadAreAnsweredInTheirOrder() throws IOException {
    FIXTURE.openai.configure("{\"response_delay_seconds\":0.1}");
    String answers = send(post(GatewayFixture.chat("gpt-4")) + HEALTH.repeat(500) + LAST);

    assertThat(answers.indexOf("chat.completion")).isLessThan(answers.indexOf("healthy"));
    assertThat(answers.split("\"healthy\"", -1)).hasSize(502);
    assertThat(answers.split("HTTP/1.1 200 OK", -1)).hasSize(503);
    assertThat(answers).containsOnlyOnce("connection: close");
  }

  @Test
  void nothingIsAnsweredAfterTheLastRequest() throws IOException {
    assertThat(send(LAST + HEALTH).split("HTTP/1.1 200 OK", -1)).hasSize(2);
  }

  @Test
  void expectContinueIsAnsweredWith100() throws IOException {
    String body = GatewayFixture.chat("gpt-4");
    try (Socket socket = connect()) {
      write(socket, head("expect: 100-continue", body.length()));
      assertThat(read(socket, 25)).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
      write(socket, body);
      assertThat(read(socket, 15)).isEqualTo("HTTP/1.1 200 OK");
    }
  }

  @Test
  void expectContinueWithALargeBodyIsAnsweredWith413() throws IOException {
    try (Socket socket = connect()) {
      write(socket, head("expect: 100-continue", 900_000_000));
      assertThat(read(socket, 12)).isEqualTo("HTTP/1.1 413");
    }
  }

  @Test
  void aBodyMayComeInChunks() throws IOException {
    String body = GatewayFixture.chat("gpt-4");
    String head =
        "POST /v1/chat/completions HTTP/1.1\r\nhost: [::1]\r\ntransfer-encoding: chunked\r\n\r\n";
    String chunks =
        "1\r\n{\r\n" + Integer.toHexString(body.length() - 1) + "\r\n" + body.substring(1);
    assertThat(send(head + chunks + "\r\n0\r\n\r\n" + LAST))
        .startsWith("HTTP/1.1 200 OK")
        .contains("chat.completion", "healthy");
  }

  @Test
  void anInvalidChunkIsAnErrorAndClosesTheConnection() throws IOException {
    String head =
        "POST /v1/chat/completions HTTP/1.1\r\nhost: [::1]\r\ntransfer-encoding: chunked\r\n\r\n";
    String answers = send(head + "1\r\n{\r\nmany\r\n" + LAST);
    assertThat(answers)
        .startsWith("HTTP/1.1 400")
        .contains("connection: close")
        .doesNotContain("healthy");
  }

  @Test
  void aHeadRequestIsAnsweredWithoutABody() throws IOException {
    String answers = send(HEALTH.replace("GET", "HEAD") + LAST);
    assertThat(answers.split("content-length: 20\r\n", -1)).hasSize(3);
    assertThat(answers).containsOnlyOnce("healthy");
  }

  @Test
  void anAbsoluteUrlIsReadAsItsPath() throws IOException {
    assertThat(send(LAST.replace("GET /", "GET http://gateway.example:80/")))
        .startsWith("HTTP/1.1 200 OK");
  }

  @Test
  void anHttp10ConnectionIsClosedAfterTheAnswer() throws IOException {
    assertThat(send(old(GatewayFixture.chat("gpt-4"))))
        .contains("connection: close", "chat.completion")
        .doesNotContain("chunked");
  }

  @Test
  void anHttp10StreamEndsWithItsConnection() throws IOException {
    assertThat(send(old(GatewayFixture.streamed("gpt-4"))))
        .doesNotContain("transfer-encoding")
        .contains("connection: close\r\n\r\ndata: {")
        .endsWith("data: [DONE]\n\n");
  }

  @Test
  void anHttp10ClientMayKeepItsConnection() throws IOException {
    String asks = HEALTH.replace("HTTP/1.1", "HTTP/1.0\r\nconnection: keep-alive");
    assertThat(send(asks + LAST)).contains("connection: keep-alive", "connection: close");
  }

  @Test
  void aBodyMayBeCompressed() throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(compressed)) {
      out.write(GatewayFixture.chat("gpt-4").getBytes(StandardCharsets.US_ASCII));
    }
    HttpResponse<String> answer = send("gzip", compressed.toByteArray());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(FIXTURE.openai.requests().getFirst().body()).isEqualTo(GatewayFixture.chat("gpt-4"));
  }

  @Test
  void anInvalidCompressedBodyIsRefused() {
    byte[] body = GatewayFixture.chat("gpt-4").getBytes(StandardCharsets.US_ASCII);
    Reply.of(send("gzip", body)).isError(400, "invalid_value");
    Reply unknown = Reply.of(send("br", body)).isError(415, "unsupported_media_type");
    assertThat(unknown.error().path("message").asString("")).contains("'br'");
    assertThat(FIXTURE.openai.requests()).isEmpty();
  }

  private static HttpResponse<String> send(String encoding, byte[] body) {
    return FIXTURE.send(
        HttpRequest.newBuilder(FIXTURE.url("/v1/chat/completions"))
            .header("content-type", "application/json")
            .header("content-encoding", encoding)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build());
  }

  private static String post(String body) {
    return head("accept: */*", body.length()) + body;
  }

  private static String old(String body) {
    return post(body).replace("HTTP/1.1", "HTTP/1.0");
  }

  private static String head(String header, int length) {
    String lines = header + "\r\ncontent-length: " + length;
    return "POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\n" + lines + "\r\n\r\n";
  }

  private static String send(String requests) throws IOException {
    try (Socket socket = connect()) {
      write(socket, requests);
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), FIXTURE.gateway.port());
    socket.setSoTimeout(5_000);
    return socket;
  }

  private static void write(Socket socket, String text) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(text.getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  private static String read(Socket socket, int bytes) throws IOException {
    InputStream in = socket.getInputStream();
    return new String(in.readNBytes(bytes), StandardCharsets.US_ASCII);
  }
}
