package com.langdock.reliability.e2e.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.e2e.GatewayFixture;
import com.langdock.reliability.e2e.Reply;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Certificates, proxies and queries between the gateway and a provider. */
@Tag("e2e")
@Tag("sockets")
class UpstreamConnectionsE2eTest {
  private static final String GPT = GatewayFixture.chat("gpt-4");

  private static String upstream(String settings) {
    return GatewayFixture.SHORT_TIMES + "upstream: {" + settings + "}\n";
  }

  /** The journal's entry for the first attempt of the request of {@code reply}. */
  private static String firstError(GatewayFixture fixture, Reply reply) {
    String path = "/api/requests/" + reply.header("x-request-id");
    for (int look = 0; look < 50; look++) {
      Reply entry = fixture.manage(path);
      if (entry.status() == 200) {
        return entry.json().path("attempt_list").path(0).path("error_message").asString("");
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
    return "no row";
  }

  @Nested
  class Certificates {
    @Test
    void aConfiguredAuthorityIsTrustedBesideTheJvms(@TempDir Path folder) throws Exception {
      Path keys = TlsServer.keys(folder, "ip:127.0.0.1");
      String ca = "ca: '" + TlsServer.certificate(keys) + "'";
      try (TlsServer openai = new TlsServer(keys);
          GatewayFixture fixture = GatewayFixture.open(upstream(ca), openai.url())) {
        fixture.ask(GPT).isAnsweredBy("openai");
        fixture.ask(GPT).isAnsweredBy("openai");
        assertThat(openai.requests).hasValue(2);
      }
    }

    @Test
    void anUnknownAuthorityIsTheReason(@TempDir Path folder) throws Exception {
      try (TlsServer openai = new TlsServer(TlsServer.keys(folder, "ip:127.0.0.1"));
          GatewayFixture fixture = GatewayFixture.open(GatewayFixture.SHORT_TIMES, openai.url())) {
        Reply reply = fixture.ask(GPT).isAnsweredBy("anthropic");
        assertThat(reply.trail()).startsWith("openai/gpt-4:tls_failed");
        assertThat(firstError(fixture, reply))
            .isEqualTo("could not be reached: unknown certificate authority");
      }
    }

    @Test
    void anotherNameIsTheReason(@TempDir Path folder) throws Exception {
      Path keys = TlsServer.keys(folder, "dns:other.example");
      String ca = "ca: '" + TlsServer.certificate(keys) + "'";
      try (TlsServer openai = new TlsServer(keys);
          GatewayFixture fixture = GatewayFixture.open(upstream(ca), openai.url())) {
        assertThat(firstError(fixture, fixture.ask(GPT).isAnsweredBy("anthropic")))
            .isEqualTo("could not be reached: host name does not match the certificate");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:1, connection refused",
    "http://no-such-host.invalid, name not found",
  })
  void theReasonIsInTheJournal(String url, String reason) {
    try (GatewayFixture fixture = GatewayFixture.open(GatewayFixture.SHORT_TIMES, url)) {
      assertThat(firstError(fixture, fixture.ask(GPT).isAnsweredBy("anthropic")))
          .isEqualTo("could not be reached: " + reason);
    }
  }

  @Nested
  class Proxies {
    private static final String LOGIN = "Basic dXNlcjpwQHNz"; // user:p@ss

    private static String through(ProxyServer proxy) {
      return upstream("proxy: 'http://user:p%40ss@" + proxy.address() + "'");
    }

    @Test
    void plainHttpIsForwardedByAbsoluteUrl() throws Exception {
      try (ProxyServer proxy = new ProxyServer();
          RawServer openai = RawServer.answering(RawServer.GOOD);
          GatewayFixture fixture = GatewayFixture.open(through(proxy), openai.url())) {
        fixture.ask(GPT).isAnsweredBy("openai");
        assertThat(proxy.heads)
            .singleElement()
            .asString()
            .startsWith("POST " + openai.url() + "/v1/chat/completions HTTP/1.1\r\n")
            .contains("proxy-authorization: " + LOGIN + "\r\n");
      }
    }

    @Test
    void tlsGoesThroughATunnel(@TempDir Path folder) throws Exception {
      Path keys = TlsServer.keys(folder, "ip:127.0.0.1");
      try (ProxyServer proxy = new ProxyServer();
          TlsServer openai = new TlsServer(keys);
          GatewayFixture fixture =
              GatewayFixture.open(
                  upstream(
                      "proxy: 'http://user:p%40ss@"
                          + proxy.address()
                          + "', ca: '"
                          + TlsServer.certificate(keys)
                          + "'"),
                  openai.url())) {
        fixture.ask(GPT).isAnsweredBy("openai");
        fixture.ask(GPT).isAnsweredBy("openai");
        assertThat(proxy.heads)
            .singleElement()
            .asString()
            .startsWith("CONNECT 127.0.0.1:")
            .contains("proxy-authorization: " + LOGIN + "\r\n")
            .doesNotContain(GatewayFixture.SECRET);
        assertThat(openai.requests).hasValue(2);
      }
    }

    @Test
    void theProvidersCertificateIsCheckedBehindATunnelToo(@TempDir Path folder) throws Exception {
      try (ProxyServer proxy = new ProxyServer();
          TlsServer openai = new TlsServer(TlsServer.keys(folder, "ip:127.0.0.1"));
          GatewayFixture fixture = GatewayFixture.open(through(proxy), openai.url())) {
        assertThat(firstError(fixture, fixture.ask(GPT).isAnsweredBy("anthropic")))
            .isEqualTo("could not be reached: unknown certificate authority");
      }
    }

    @ParameterizedTest
    @CsvSource({
      "407 Proxy Authentication Required, the proxy does not accept the credentials",
      "403 Forbidden, the proxy did not connect to the provider",
      "502 Bad Gateway, the proxy did not connect to the provider",
    })
    void aRefusalIsTheReason(String status, String reason) throws Exception {
      try (ProxyServer proxy =
              new ProxyServer("HTTP/1.1 " + status + "\r\ncontent-length: 2\r\n\r\nno");
          GatewayFixture fixture =
              GatewayFixture.open(
                  upstream("proxy: '" + proxy.address() + "', no_proxy: 127.0.0.1"),
                  "https://provider.example/v1")) {
        Reply reply = fixture.ask(GPT).isAnsweredBy("anthropic");
        assertThat(firstError(fixture, reply)).isEqualTo("could not be reached: " + reason);
        assertThat(proxy.heads.getFirst()).startsWith("CONNECT provider.example:443 HTTP/1.1");
      }
    }

    @Test
    void itsPasswordIsShownNowhere() throws Exception {
      String refusal = "HTTP/1.1 407 Login for user:p@ss\r\ncontent-length: 4\r\n\r\np@ss";
      try (ProxyServer proxy = new ProxyServer(refusal);
          GatewayFixture fixture =
              GatewayFixture.open(
                  upstream(
                      "proxy: 'http://user:p%40ss@" + proxy.address() + "', no_proxy: '127.0.0.1'"),
                  "https://provider.example/v1")) {
        Reply answered = fixture.ask(GPT).isAnsweredBy("anthropic");
        assertThat(firstError(fixture, answered)).contains("does not accept the credentials");
        Reply refused = fixture.ask(GatewayFixture.chat("gpt-3.5-turbo"));
        assertThat(refused.status()).isEqualTo(502);
        List<String> seen = new ArrayList<>(List.of(refused.response().body()));
        seen.add(answered.response().headers().toString());
        seen.add(fixture.openMetrics());
        String request = "/api/requests/" + refused.header("x-request-id");
        for (String path : List.of("/api/requests", request, "/api/providers")) {
          seen.add(fixture.manage(path).response().body());
        }
        assertThat(seen).noneMatch(text -> text.contains("p@ss") || text.contains("dXNlcjpwQHNz"));
        assertThat(proxy.heads.getFirst()).contains("proxy-authorization: " + LOGIN);
      }
    }

    @Test
    void hostsInNoProxyAreConnectedDirectly() throws Exception {
      try (ProxyServer proxy = new ProxyServer();
          RawServer openai = RawServer.answering(RawServer.GOOD);
          GatewayFixture fixture =
              GatewayFixture.open(
                  upstream("proxy: '" + proxy.address() + "', no_proxy: '127.0.0.0/8'"),
                  openai.url())) {
        fixture.ask(GPT).isAnsweredBy("openai");
        assertThat(proxy.heads).isEmpty();
      }
    }
  }

  @Test
  void aQueryOfTheBaseUrlComesAfterThePath() throws Exception {
    try (ProxyServer seen = new ProxyServer(RawServer.GOOD);
        GatewayFixture fixture =
            GatewayFixture.open(
                GatewayFixture.SHORT_TIMES,
                "http://" + seen.address() + "/openai/?api-version=2026-01-01")) {
      fixture.ask(GPT).isAnsweredBy("openai");
      assertThat(seen.heads.getFirst())
          .startsWith("POST /openai/chat/completions?api-version=2026-01-01 HTTP/1.1\r\n");
    }
  }
}
