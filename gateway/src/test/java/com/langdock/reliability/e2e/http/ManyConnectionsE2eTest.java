package com.langdock.reliability.e2e.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.e2e.GatewayFixture;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** More clients than the connection limit. */
@Tag("e2e")
class ManyConnectionsE2eTest {
  private static final int MAX = 40;
  private static final GatewayFixture FIXTURE =
      GatewayFixture.open(
          GatewayFixture.with("server: {host: 127.0.0.1, port: 0, max_connections: " + MAX + "}")
              .replace("read: 700ms", "read: 7s"));

  private final List<Socket> sockets = new ArrayList<>();

  @AfterEach
  void disconnect() throws IOException, InterruptedException {
    for (Socket socket : sockets) {
      socket.close();
    }
    for (int wait = 0; wait < 100 && open() > 0; wait++) {
      Thread.sleep(100);
    }
    assertThat(open()).isZero();
    FIXTURE.openai.reset();
  }

  private static double open() {
    return FIXTURE.metric("gateway_connections_open", Map.of());
  }

  @AfterAll
  static void close() {
    FIXTURE.close();
  }

  @Test
  void idleConnectionsAreClosed() throws IOException, InterruptedException {
    for (int i = 0; i < 3 * MAX; i++) {
      connect();
    }
    Thread.sleep(1_500); // after that they are idle
    for (int i = 0; i < 10; i++) {
      Socket socket = connect();
      ask(socket, "GET /health HTTP/1.1");
      assertThat(answer(socket)).startsWith("HTTP/1.1 200");
    }
    assertThat(open()).isLessThanOrEqualTo(MAX + 16);
    assertThat(FIXTURE.metric("gateway_connections_closed_total", Map.of())).isPositive();
  }

  @Test
  void connectionsWithARequestAreKept() throws IOException, InterruptedException {
    FIXTURE.openai.configure("{\"response_delay_seconds\":2}");
    String body = GatewayFixture.chat("gpt-4");
    List<Socket> asking = new ArrayList<>();
    for (int i = 0; i < MAX / 2; i++) {
      Socket socket = connect();
      asking.add(socket);
      ask(socket, "POST /v1/chat/completions HTTP/1.1\r\ncontent-length: " + body.length(), body);
    }
    for (int wait = 0; wait < 100 && inFlight() < MAX / 2; wait++) {
      Thread.sleep(50);
    }
    for (int i = 0; i < 3 * MAX; i++) {
      connect();
    }
    for (Socket socket : asking) {
      assertThat(answer(socket)).startsWith("HTTP/1.1 200");
    }
    assertThat(FIXTURE.manage("/health/live").status()).isEqualTo(200);
  }

  private static double inFlight() {
    return FIXTURE.metric("gateway_requests_in_flight", Map.of());
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), FIXTURE.gateway.port());
    socket.setSoTimeout(20_000);
    sockets.add(socket);
    return socket;
  }

  private static void ask(Socket socket, String lines, String... body) throws IOException {
    String head = lines + "\r\nhost: localhost\r\n\r\n" + String.join("", body);
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
  }

  private static String answer(Socket socket) throws IOException {
    return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
  }
}
