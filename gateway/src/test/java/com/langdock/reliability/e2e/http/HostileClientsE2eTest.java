package com.langdock.reliability.e2e.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.e2e.GatewayFixture;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that try to consume more resources than their request needs. */
@Tag("e2e")
@Tag("sockets")
class HostileClientsE2eTest {
  private static final GatewayFixture FIXTURE = GatewayFixture.open();
  private static final int MAX_IN_SOCKETS = 16 << 20;

  @AfterAll
  static void close() {
    FIXTURE.close();
  }

  /** The client blocks once the socket buffers are full. */
  @ParameterizedTest
  @ValueSource(strings = {"/health", "/nowhere", "/v1/models"})
  void aClientThatDoesNotReadIsNotRead(String path) throws IOException, InterruptedException {
    byte[] requests =
        ("GET " + path + " HTTP/1.1\r\nhost: localhost\r\n\r\n")
            .repeat(2_000)
            .getBytes(StandardCharsets.US_ASCII);
    try (SocketChannel socket = SocketChannel.open()) {
      socket.setOption(StandardSocketOptions.SO_RCVBUF, 4_096);
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), FIXTURE.gateway.port()));
      socket.configureBlocking(false);
      long sent = 0;
      for (int idle = 0; idle < 10 && sent < MAX_IN_SOCKETS; ) {
        int written = socket.write(ByteBuffer.wrap(requests));
        sent += written;
        idle = written == 0 ? idle + 1 : 0;
        if (written == 0) {
          Thread.sleep(50);
        }
      }
      assertThat(sent).isLessThan(MAX_IN_SOCKETS);
    }
    assertThat(FIXTURE.get("/health").status()).isEqualTo(200);
  }

  /** Closing at once would reset the connection before the client has read the error. */
  @Test
  void aClientThatReadsAfterSendingReceivesTheError() throws IOException {
    byte[] body = " ".repeat(12_000_000).getBytes(StandardCharsets.US_ASCII);
    String head =
        "POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n"
            + "content-type: application/json\r\ncontent-length: "
            + body.length
            + "\r\n\r\n";
    for (int i = 0; i < 10; i++) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), FIXTURE.gateway.port())) {
        socket.setSoTimeout(5_000);
        OutputStream out = socket.getOutputStream();
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        out.write(body);
        String answer =
            new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        assertThat(answer).startsWith("HTTP/1.1 413").contains("request_too_large");
      }
    }
  }

  /** A browser sends such requests for any page without a preflight request. */
  @ParameterizedTest
  @CsvSource({
    "localhost, 'origin: http://evil.test', 403, forbidden_origin",
    "localhost, 'sec-fetch-site: cross-site', 403, forbidden_origin",
    "localhost, 'origin: http://localhost:3000', 415, unsupported_media_type",
    "localhost, 'sec-fetch-site: same-site', 415, unsupported_media_type",
    "evil.test, 'content-type: application/json', 403, forbidden_host",
    "localhost, 'x-forwarded-for: 10.0.0.7', 403, protected_mode"
  })
  void aBrowserPageCannotSendRequests(String host, String header, int status, String code)
      throws IOException {
    double before = refused(code);
    String body = GatewayFixture.chat("gpt-4");
    String answer =
        exchange(
            "POST /v1/chat/completions HTTP/1.1\r\nhost: %s\r\n%s\r\ncontent-length: %d\r\n\r\n%s"
                    .formatted(host, header, body.length(), body)
                + "GET /health HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 " + status).contains("\"" + code + "\"");
    assertThat(answer.contains("healthy")).isEqualTo(status == 415);
    assertThat(FIXTURE.openai.requests()).isEmpty();
    assertThat(refused(code)).isEqualTo(before + 1);
  }

  @ParameterizedTest
  @CsvSource({
    "'GET /nowhere HTTP/1.1|host: localhost', not_found",
    "'GET /v1/chat/completions HTTP/1.1|host: localhost', method_not_allowed",
    "'GET / HTTP/1.1|a: b', invalid_request",
    "'GET / HTTP/3.7|host: localhost', http_version_not_supported",
    "'POST /v1/chat/completions HTTP/1.1|host: localhost|content-length: 99999999',"
        + " request_too_large"
  })
  void aRefusalIsCounted(String lines, String code) throws IOException {
    double before = refused(code);
    String request = lines.replace("|", "\r\n") + "\r\nconnection: close\r\n\r\n";
    assertThat(exchange(request)).contains("\"" + code + "\"");
    assertThat(refused(code)).isEqualTo(before + 1);
  }

  private static double refused(String reason) {
    return FIXTURE.metric("gateway_requests_refused_total", Map.of("reason", reason));
  }

  private static String exchange(String requests) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), FIXTURE.gateway.port())) {
      socket.setSoTimeout(5_000);
      socket.getOutputStream().write(requests.getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }
}
