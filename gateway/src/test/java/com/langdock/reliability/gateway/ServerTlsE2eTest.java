package com.langdock.reliability.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.langdock.reliability.e2e.GatewayFixture;
import com.langdock.reliability.e2e.Reply;
import com.langdock.reliability.e2e.StreamReply;
import com.langdock.reliability.gateway.config.ConfigLoader;
import com.langdock.reliability.gateway.config.GatewayConfig;
import com.langdock.reliability.gateway.config.LoadedConfig;
import com.langdock.reliability.gateway.tls.TestAuthority;
import com.langdock.reliability.mock.MockProvider;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS on both ports: what clients see, what reaches providers, and what the metrics show. */
@Tag("e2e")
@Tag("sockets")
class ServerTlsE2eTest {
  private static final int CONNECTIONS = 50;
  private static final String CHAT = GatewayFixture.chat("gpt-4");
  private static final String TRANSPORT = System.getProperty("test.transport", "auto");

  private static @TempDir Path shared;
  private static TestAuthority authority;
  private static TestAuthority stranger;
  private static TestAuthority.Pem first;
  private static TestAuthority.Pem second;

  private final MockProvider openai = MockProvider.openAi();
  private @TempDir Path folder;
  private TestAuthority.Pem files;
  private @Nullable Gateway gateway;

  @BeforeAll
  static void issue() throws Exception {
    authority = new TestAuthority(Files.createDirectory(shared.resolve("ours")));
    stranger = new TestAuthority(Files.createDirectory(shared.resolve("theirs")));
    first = authority.issue("first", 300);
    second = authority.issue("second", 200);
    authority.issue("client", 20);
    stranger.issue("client", 20);
  }

  @BeforeEach
  void copy() throws IOException {
    files = first.copyTo(folder);
  }

  @AfterEach
  void stop() {
    if (gateway != null) {
      gateway.close();
    }
    openai.close();
  }

  private GatewayConfig config(String more) {
    String tls = "tls: {cert: '%s', key: '%s'%s}".formatted(files.cert(), files.key(), more);
    String yaml =
        """
        server: {host: 127.0.0.1, port: 0, transport: %s, %s, drain_timeout: 2s}
        observability: {metrics_port: 0, log_level: error}
        journal: {url: none}
        management: {%s}
        providers: [{name: openai, base_url: '%s', models: [gpt-4]}]
        """
            .formatted(TRANSPORT, tls, tls, openai.url());
    LoadedConfig loaded = new ConfigLoader(Map.of()).parse(yaml, List.of());
    assertThat(loaded).as(loaded::toString).isInstanceOf(LoadedConfig.Loaded.class);
    return ((LoadedConfig.Loaded) loaded).config();
  }

  private Gateway start(String more) {
    Gateway started = Gateway.start(config(more));
    gateway = started;
    return started;
  }

  private static HttpRequest.Builder request(int port, String path) {
    return HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + path))
        .timeout(Duration.ofSeconds(20))
        .header("content-type", "application/json");
  }

  private static HttpResponse<String> chat(HttpClient client, Gateway gateway, String body)
      throws Exception {
    return client.send(
        request(gateway.port(), "/v1/chat/completions").POST(BodyPublishers.ofString(body)).build(),
        BodyHandlers.ofString());
  }

  private static HttpClient client(TestAuthority.Identity... identity) throws Exception {
    return HttpClient.newBuilder().sslContext(authority.client(identity)).build();
  }

  private static double metric(Gateway gateway, String name) throws Exception {
    try (HttpClient client = client(new TestAuthority.Identity(authority, "client"))) {
      String text =
          client
              .send(request(gateway.managementPort(), "/metrics").build(), BodyHandlers.ofString())
              .body();
      Matcher line = Pattern.compile("(?m)^" + Pattern.quote(name) + " (\\S+)$").matcher(text);
      assertThat(line.find()).as(text).isTrue();
      return Double.parseDouble(line.group(1));
    }
  }

  private static X509Certificate shownAt(SSLContext context, int port) throws IOException {
    try (SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port)) {
      socket.setSoTimeout(15_000);
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }
  }

  /** The names of the certificates that so many new connections to {@code port} see. */
  private static Set<String> shown(int port) throws Exception {
    Set<String> names = new HashSet<>();
    SSLContext context = authority.client();
    for (int i = 0; i < CONNECTIONS; i++) {
      names.add(shownAt(context, port).getSubjectX500Principal().getName());
    }
    return names;
  }

  private static void await(BooleanSupplier reached) throws InterruptedException {
    for (int poll = 0; poll < 500 && !reached.getAsBoolean(); poll++) {
      Thread.sleep(20);
    }
    assertThat(reached.getAsBoolean()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void answersAndStreamsAndTakesLargeBodies(String version) throws Exception {
    Gateway gateway = start("");
    SSLParameters only = new SSLParameters();
    only.setProtocols(new String[] {version});
    try (HttpClient client =
        HttpClient.newBuilder().sslContext(authority.client()).sslParameters(only).build()) {
      HttpResponse<String> reply = chat(client, gateway, CHAT);
      Reply.of(reply).isAnsweredBy("openai");
      // A client that offers HTTP/2 too is answered as it understands.
      assertThat(reply.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
      StreamReply.of(chat(client, gateway, GatewayFixture.streamed("gpt-4"))).isWhole();
      String large =
          CHAT.replace("\"messages\"", "\"user\":\"" + "x".repeat(3 << 20) + "\",\"messages\"");
      Reply.of(chat(client, gateway, large)).isAnsweredBy("openai");
      assertThat(openai.requests().getLast().body()).hasSizeGreaterThan(3 << 20);
      Reply.of(chat(client, gateway, "{\"model\":")).isError(400, "invalid_json");
    }
  }

  @Test
  void aRefusedBodyIsAnsweredBeforeItsEnd() throws Exception {
    Gateway gateway = start("");
    try (HttpClient client = client()) {
      String tooLarge = "{\"model\":\"" + "x".repeat(40 << 20) + "\"}";
      assertThat(chat(client, gateway, tooLarge).statusCode()).isEqualTo(413);
    }
    assertThat(openai.requests()).isEmpty();
  }

  @Test
  void theManagementPortHasItToo() throws Exception {
    Gateway gateway = start("");
    try (HttpClient client = client()) {
      for (String path : List.of("/health", "/metrics", "/api/providers", "/")) {
        HttpResponse<String> reply =
            client.send(request(gateway.managementPort(), path).build(), BodyHandlers.ofString());
        assertThat(reply.statusCode()).as(path).isEqualTo(200);
        assertThat(reply.body()).isNotEmpty();
      }
      HttpRequest change =
          request(gateway.managementPort(), "/api/log-level")
              .header("origin", "https://127.0.0.1:" + gateway.managementPort())
              .PUT(BodyPublishers.ofString("{\"level\":\"error\"}"))
              .build();
      assertThat(client.send(change, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }
    double days = metric(gateway, "gateway_tls_expires_seconds{port=\"data\"}") / 86_400;
    assertThat(days).isBetween(299.0, 300.0);
  }

  @Test
  void withoutTlsAConnectionIsClosedAndNothingElseHappens() throws Exception {
    Gateway gateway = start("");
    for (int port : List.of(gateway.port(), gateway.managementPort())) {
      try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), port)) {
        plain.setSoTimeout(15_000);
        OutputStream out = plain.getOutputStream();
        out.write(
            "GET /health HTTP/1.1\r\nhost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        String answer =
            new String(plain.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        assertThat(answer).doesNotContain("HTTP/1.1");
      }
    }
    assertThat(
            metric(gateway, "gateway_tls_handshakes_failed_total{port=\"data\",reason=\"failed\"}"))
        .isEqualTo(1);
    assertThat(metric(gateway, "gateway_bugs_total")).isZero();
  }

  @Test
  void fiftyConnectionsSeeOneCertificateAndThoseThatRunGoOn() throws Exception {
    Gateway gateway = start("");
    assertThat(shown(gateway.port())).containsExactly("CN=first");
    openai.configure("{\"chunks\":40,\"token_delay_ms\":50}");
    List<HttpClient> clients = new ArrayList<>();
    List<CompletableFuture<HttpResponse<String>>> streams = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      HttpClient client = client();
      clients.add(client);
      streams.add(
          client.sendAsync(
              request(gateway.port(), "/v1/chat/completions")
                  .POST(BodyPublishers.ofString(GatewayFixture.streamed("gpt-4")))
                  .build(),
              BodyHandlers.ofString()));
    }
    await(() -> openai.requests().size() == CONNECTIONS);
    files.replaceBy(second);
    gateway.use(config(""));
    assertThat(shown(gateway.port())).containsExactly("CN=second");
    assertThat(shown(gateway.managementPort())).containsExactly("CN=second");
    for (CompletableFuture<HttpResponse<String>> stream : streams) {
      StreamReply.of(stream.join()).isWhole();
    }
    clients.forEach(HttpClient::close);
  }

  @Test
  void changedFilesAreSeenWithoutBeingTold() throws Exception {
    Gateway gateway = start("");
    files.replaceBy(second);
    SSLContext context = authority.client();
    await(() -> {
      try {
        return shownAt(context, gateway.port())
            .getSubjectX500Principal()
            .getName()
            .equals("CN=second");
      } catch (IOException failed) {
        return false;
      }
    });
    double days = metric(gateway, "gateway_tls_expires_seconds{port=\"data\"}") / 86_400;
    assertThat(days).isBetween(199.0, 200.0);
    Files.copy(first.key(), files.key(), StandardCopyOption.REPLACE_EXISTING);
    await(() -> {
      try {
        return metric(gateway, "gateway_tls_rejected{port=\"data\"}") == 1;
      } catch (Exception failed) {
        return false;
      }
    });
    assertThat(shown(gateway.port())).containsExactly("CN=second");
  }

  private void asksForCertificates(String auth) {
    Path ca;
    try {
      ca = authority.certificate();
    } catch (Exception failed) {
      throw new AssertionError(failed);
    }
    start(", client_auth: %s, client_ca: '%s'".formatted(auth, ca));
  }

  private int ask(TestAuthority.Identity... identity) throws Exception {
    try (HttpClient client = client(identity)) {
      return chat(client, Objects.requireNonNull(gateway), CHAT).statusCode();
    }
  }

  @Test
  void whereCertificatesAreRequiredNobodyElseIsLetIn() throws Exception {
    asksForCertificates("require");
    assertThatThrownBy(this::ask).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> ask(new TestAuthority.Identity(stranger, "client")))
        .isInstanceOf(IOException.class);
    assertThat(openai.requests()).isEmpty();
    assertThat(ask(new TestAuthority.Identity(authority, "client"))).isEqualTo(200);
  }

  @Test
  void whereCertificatesAreRequestedWrongOnesAreRefused() throws Exception {
    asksForCertificates("request");
    assertThat(ask()).isEqualTo(200);
    assertThat(ask(new TestAuthority.Identity(authority, "client"))).isEqualTo(200);
    assertThatThrownBy(() -> ask(new TestAuthority.Identity(stranger, "client")))
        .isInstanceOf(IOException.class);
    assertThat(openai.requests()).hasSize(2);
  }

  @Test
  void aClientThatLeavesCancelsItsCall() throws Exception {
    Gateway gateway = start("");
    openai.configure("{\"chunks\":400,\"token_delay_ms\":50}");
    try (SSLSocket socket =
        (SSLSocket)
            authority.client().getSocketFactory().createSocket("127.0.0.1", gateway.port())) {
      String body = GatewayFixture.streamed("gpt-4");
      String head =
          "POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\n"
              + "content-type: application/json\r\n"
              + "content-length: "
              + body.length()
              + "\r\n\r\n";
      socket.getOutputStream().write((head + body).getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      assertThat(in.read()).isEqualTo('H');
    }
    await(() -> !openai.requests().isEmpty() && openai.requests().getFirst().clientGone());
  }

  @Test
  void aHandshakeThatIsNotDoneInTimeIsEnded() throws Exception {
    Gateway gateway = start("");
    try (Socket data = new Socket(InetAddress.getLoopbackAddress(), gateway.port());
        Socket management =
            new Socket(InetAddress.getLoopbackAddress(), gateway.managementPort())) {
      for (Socket silent : List.of(data, management)) {
        silent.setSoTimeout(15_000);
        assertThat(silent.getInputStream().read()).isEqualTo(-1);
      }
    }
    assertThat(
            metric(
                gateway, "gateway_tls_handshakes_failed_total{port=\"data\",reason=\"timeout\"}"))
        .isEqualTo(1);
    assertThat(metric(gateway, "gateway_tls_handshakes{port=\"data\"}")).isZero();
  }

  @Test
  void stopsWhileConnectionsAreOpen() throws Exception {
    Gateway gateway = start("");
    try (Socket silent = new Socket(InetAddress.getLoopbackAddress(), gateway.port());
        HttpClient client = client()) {
      assertThat(silent.isConnected()).isTrue();
      Reply.of(chat(client, gateway, CHAT)).isAnsweredBy("openai");
      long began = System.nanoTime();
      gateway.drain();
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
    }
  }
}
