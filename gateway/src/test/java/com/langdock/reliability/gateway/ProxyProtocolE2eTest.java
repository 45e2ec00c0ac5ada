package com.langdock.reliability.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.e2e.GatewayFixture;
import com.langdock.reliability.gateway.config.ConfigLoader;
import com.langdock.reliability.gateway.config.GatewayConfig;
import com.langdock.reliability.gateway.config.LoadedConfig;
import com.langdock.reliability.gateway.tls.TestAuthority;
import com.langdock.reliability.mock.MockProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that a proxy announces: what their clients see, and what is closed. */
@Tag("e2e")
@Tag("sockets")
class ProxyProtocolE2eTest {
  private static final String TRANSPORT = System.getProperty("test.transport", "auto");
  private static final String V1 = "PROXY TCP4 203.0.113.9 127.0.0.1 4711 8080\r\n";
  private static final String V2 =
      new String(
          HexFormat.of().parseHex("0d0a0d0a000d0a515549540a2111000ccb0071097f00000112671f90"),
          StandardCharsets.ISO_8859_1);

  private static @TempDir Path shared;
  private static TestAuthority authority;
  private static TestAuthority.Pem files;

  private final MockProvider openai = MockProvider.openAi();
  private @Nullable Gateway gateway;

  @BeforeAll
  static void issue() throws Exception {
    authority = new TestAuthority(shared);
    files = authority.issue("gateway", 30);
  }

  @AfterEach
  void stop() {
    if (gateway != null) {
      gateway.close();
    }
    openai.close();
  }

  private GatewayConfig config(String server) {
    String yaml =
        """
        server: {host: 127.0.0.1, port: 0, transport: %s, proxy_protocol: true, %s}
        observability: {metrics_port: 0, log_level: error}
        journal: {url: none}
        providers: [{name: openai, base_url: '%s', models: [gpt-4]}]
        """
            .formatted(TRANSPORT, server, openai.url());
    LoadedConfig loaded = new ConfigLoader(Map.of()).parse(yaml, List.of());
    assertThat(loaded).as(loaded::toString).isInstanceOf(LoadedConfig.Loaded.class);
    return ((LoadedConfig.Loaded) loaded).config();
  }

  private Gateway start(String server) {
    Gateway started = Gateway.start(config(server));
    gateway = started;
    return started;
  }

  private static String request() {
    String body = GatewayFixture.chat("gpt-4");
    return "POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n"
        + "content-type: application/json\r\ncontent-length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  private static String answerTo(Gateway gateway, String header, int pauseMillis)
      throws IOException, InterruptedException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
      socket.setTcpNoDelay(true);
      for (byte next : header.getBytes(StandardCharsets.ISO_8859_1)) {
        socket.getOutputStream().write(next);
        Thread.sleep(pauseMillis);
      }
      return answer(socket);
    } catch (SocketException closed) {
      return "";
    }
  }

  /** Sends the request and returns all that comes back. */
  private static String answer(Socket socket) throws IOException {
    socket.setSoTimeout(15_000);
    socket.getOutputStream().write(request().getBytes(StandardCharsets.US_ASCII));
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static String metrics(Gateway gateway) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + gateway.managementPort() + "/metrics");
      return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3})
  void bothVersionsAreReadInOnePieceAndTorn(int pauseMillis) throws Exception {
    Gateway gateway = start("trusted_proxies: [127.0.0.1], allow_anonymous: true");
    for (String header : List.of(V1, V2)) {
      assertThat(answerTo(gateway, header, pauseMillis)).startsWith("HTTP/1.1 200");
    }
    assertThat(openai.requests()).hasSize(2);
  }

  @Test
  void theHeaderPrecedesTls() throws Exception {
    Gateway gateway =
        start(
            "trusted_proxies: [127.0.0.1], allow_anonymous: true, tls: {cert: '%s', key: '%s'}"
                .formatted(files.cert(), files.key()));
    for (String header : List.of(V1, V2)) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
        socket.getOutputStream().write(header.getBytes(StandardCharsets.ISO_8859_1));
        try (Socket tls =
            authority
                .client()
                .getSocketFactory()
                .createSocket(socket, "127.0.0.1", gateway.port(), true)) {
          assertThat(answer(tls)).startsWith("HTTP/1.1 200");
        }
      }
    }
  }

  @Test
  void anAnnouncedClientIsNotLocal() throws Exception {
    Gateway gateway = start("trusted_proxies: [127.0.0.1]");
    for (String client : List.of("203.0.113.9", "127.0.0.1")) {
      String header = V1.replace("203.0.113.9", client);
      assertThat(answerTo(gateway, header, 0)).startsWith("HTTP/1.1 403");
    }
    assertThat(answerTo(gateway, "PROXY UNKNOWN\r\n", 0)).startsWith("HTTP/1.1 403");
    assertThat(openai.requests()).isEmpty();
  }

  @Test
  void withoutAHeaderConnectionsAreClosed() throws Exception {
    Gateway gateway = start("trusted_proxies: [127.0.0.1], allow_anonymous: true");
    assertThat(answerTo(gateway, "", 0)).isEmpty();
    assertThat(answerTo(gateway, "PROXY TCP4 somewhere\r\n", 0)).isEmpty();
    assertThat(openai.requests()).isEmpty();
    assertThat(metrics(gateway))
        .contains("gateway_proxy_header_refused_total{reason=\"invalid\"} 2.0")
        .contains("gateway_connections_open 0.0")
        .contains("gateway_bugs_total 0.0");
  }

  @Test
  void oneThatIsNotWholeInTimeIsClosed() throws Exception {
    Gateway gateway = start("trusted_proxies: [127.0.0.1], allow_anonymous: true");
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
      socket.getOutputStream().write(V1.substring(0, 20).getBytes(StandardCharsets.US_ASCII));
      socket.setSoTimeout(10_000);
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
    assertThat(metrics(gateway))
        .contains("gateway_proxy_header_refused_total{reason=\"timeout\"} 1.0");
  }

  @Test
  void strangersAreClosedAtOnceAndTheListMayChange() throws Exception {
    Gateway gateway = start("trusted_proxies: [10.0.0.0/8], allow_anonymous: true");
    assertThat(answerTo(gateway, V1, 0)).isEmpty();
    assertThat(metrics(gateway))
        .contains("gateway_proxy_header_refused_total{reason=\"stranger\"} 1.0");
    gateway.use(config("trusted_proxies: [127.0.0.0/8], allow_anonymous: true"));
    assertThat(answerTo(gateway, V1, 0)).startsWith("HTTP/1.1 200");
  }
}
