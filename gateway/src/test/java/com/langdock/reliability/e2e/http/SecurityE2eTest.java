package com.langdock.reliability.e2e.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.langdock.reliability.e2e.GatewayFixture;
import com.langdock.reliability.e2e.Reply;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The gateway sends its credentials only to the verified provider, and serves only allowed clients.
 */
@Tag("e2e")
class SecurityE2eTest {
  /** The same provider with different certificates and trust settings. */
  @Nested
  class TheCertificateOfAProvider {
    private static final String TRUSTED = "javax.net.ssl.trustStore";
    private static final String TRUSTED_PASSWORD = "javax.net.ssl.trustStorePassword";

    @AfterEach
    void trustAsUsual() {
      System.clearProperty(TRUSTED);
      System.clearProperty(TRUSTED_PASSWORD);
    }

    @Test
    void isRejectedIfItIsNotTrusted(@TempDir Path folder) throws Exception {
      assertRefused(TlsServer.keys(folder, "ip:127.0.0.1"));
    }

    @Test
    void isRejectedIfItIsForAnotherHost(@TempDir Path folder) throws Exception {
      Path keys = TlsServer.keys(folder, "dns:other.example,ip:127.0.0.2");
      trust(keys);
      assertRefused(keys);
    }

    @Test
    void isAcceptedIfItIsTrustedAndForThisHost(@TempDir Path folder) throws Exception {
      Path keys = TlsServer.keys(folder, "ip:127.0.0.1");
      trust(keys);
      try (TlsServer openai = new TlsServer(keys);
          GatewayFixture fixture = GatewayFixture.open(GatewayFixture.SHORT_TIMES, openai.url())) {
        fixture.ask(GatewayFixture.chat("gpt-4")).isAnsweredBy("openai");
        assertThat(openai.requests).hasValue(1);
      }
    }

    private static void assertRefused(Path keys) throws Exception {
      try (TlsServer openai = new TlsServer(keys);
          GatewayFixture fixture = GatewayFixture.open(GatewayFixture.SHORT_TIMES, openai.url())) {
        Reply reply = fixture.ask(GatewayFixture.chat("gpt-4")).isAnsweredBy("anthropic");
        assertThat(reply.trail()).startsWith("openai/gpt-4:tls_failed").endsWith(":200");
        assertThat(fixture.attempts("openai", "tls_failed")).isPositive();
        assertThat(fixture.metric("gateway_failovers_total", Map.of("from", "openai")))
            .isEqualTo(1);
        Reply alone =
            fixture.ask(GatewayFixture.chat("gpt-3.5-turbo")).isError(502, "provider_unreachable");
        assertThat(alone.error().path("attempts").toString()).contains("tls_failed");
        assertThat(openai.requests).hasValue(0);
      }
    }

    /** Makes the certificate the only one that Java trusts. */
    private static void trust(Path keys) {
      System.setProperty(TRUSTED, keys.toString());
      System.setProperty(TRUSTED_PASSWORD, TlsServer.PASSWORD);
    }
  }

  /** Without client keys, on all addresses, called from a non-loopback address. */
  @Nested
  class AClientFromElsewhere {
    private static final String EVERYWHERE = "server: {host: 0.0.0.0, port: 0%s}";

    @Test
    void isRefusedWithInstructions() throws SocketException {
      try (GatewayFixture fixture =
          GatewayFixture.open(GatewayFixture.with(EVERYWHERE.formatted("")))) {
        Reply reply = chat(fixture).isError(403, "protected_mode");
        assertThat(reply.error().path("message").asString("")).contains("server.allow_anonymous");
        assertThat(fixture.openai.requests()).isEmpty();
        assertThat(fixture.anthropic.requests()).isEmpty();
        assertThat(send(fixture, "/v1/models", "").status()).isEqualTo(403);
        assertThat(send(fixture, "/health", "").status()).isEqualTo(200);
        fixture.ask(GatewayFixture.chat("gpt-4")).isAnsweredBy("openai");
      }
    }

    @Test
    void isAnsweredIfAccessIsOpen() throws SocketException {
      try (GatewayFixture fixture =
          GatewayFixture.open(
              GatewayFixture.with(EVERYWHERE.formatted(", allow_anonymous: true")))) {
        chat(fixture).isAnsweredBy("openai");
        assertThat(fixture.openai.requests()).hasSize(1);
      }
    }

    private static Reply chat(GatewayFixture fixture) throws SocketException {
      return send(fixture, "/v1/chat/completions", GatewayFixture.chat("gpt-4"));
    }

    /** Sends a request, by GET when {@code body} is empty, to this machine's outer address. */
    private static Reply send(GatewayFixture fixture, String path, String body)
        throws SocketException {
      String url = "http://" + outerAddress() + ":" + fixture.gateway.port() + path;
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(url)).header("content-type", "application/json");
      if (!body.isEmpty()) {
        request.POST(BodyPublishers.ofString(body));
      }
      return Reply.of(fixture.send(request.build()));
    }

    private static String outerAddress() throws SocketException {
      Optional<InetAddress> address =
          NetworkInterface.networkInterfaces()
              .flatMap(NetworkInterface::inetAddresses)
              .filter(Inet4Address.class::isInstance)
              .filter(candidate -> !candidate.isLoopbackAddress())
              .findFirst();
      assumeTrue(address.isPresent(), "this machine has no address besides loopback");
      return address.orElseThrow().getHostAddress();
    }
  }
}
