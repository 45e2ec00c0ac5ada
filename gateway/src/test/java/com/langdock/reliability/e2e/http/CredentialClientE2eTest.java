package com.langdock.reliability.e2e.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.langdock.reliability.e2e.LoginServer;
import com.langdock.reliability.e2e.LoginServer.Given;
import com.langdock.reliability.gateway.credentials.CredentialClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How endpoints of credentials are asked: by TLS, through a proxy, and within limits. */
@Tag("e2e")
class CredentialClientE2eTest {
  private static final Duration LONG = Duration.ofSeconds(10);
  private static final int TOO_LARGE = 300 * 1024;

  @TempDir Path folder;

  private static HttpRequest.Builder get(String url) {
    return HttpRequest.newBuilder(URI.create(url));
  }

  private static X509Certificate certificate(Path pem) throws IOException, CertificateException {
    try (InputStream in = Files.newInputStream(pem)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  @Test
  void configuredAuthoritiesAreTrustedAndNoOthers() throws Exception {
    Path keys = TlsServer.keys(folder, "ip:127.0.0.1");
    try (TlsServer server = new TlsServer(keys)) {
      X509Certificate own = certificate(TlsServer.certificate(keys));
      CredentialClient trusting = new CredentialClient(List.of(own), null);
      assertThat(trusting.ask(get(server.url())).status()).isEqualTo(200);
      assertThatThrownBy(() -> CredentialClient.DIRECT.ask(get(server.url())))
          .isInstanceOf(IOException.class);
      assertThat(server.requests).hasValue(1);
    }
  }

  @Test
  void theProxyIsUsedWithItsLogin() throws Exception {
    Path keys = TlsServer.keys(folder, "ip:127.0.0.1");
    try (TlsServer server = new TlsServer(keys);
        ProxyServer proxy = ProxyServer.withLogin("Basic dTpw")) {
      X509Certificate own = certificate(TlsServer.certificate(keys));
      URI address = URI.create("http://" + proxy.address());
      CredentialClient.Proxy login =
          new CredentialClient.Proxy(address.getHost(), address.getPort(), "u", "p");
      CredentialClient client = new CredentialClient(List.of(own), login);
      assertThat(client.ask(get(server.url())).status()).isEqualTo(200);
      assertThat(proxy.heads.getLast())
          .startsWith("CONNECT 127.0.0.1:" + server.port())
          .containsIgnoringCase("proxy-authorization: Basic dTpw");
      assertThat(client.direct().ask(get(server.url())).status()).isEqualTo(200);
      assertThat(proxy.heads).hasSize(2);
    }
  }

  @Test
  void aLateAnswerFails() {
    try (LoginServer server = new LoginServer(seen -> new Given(200, "{}", 5_000))) {
      assertThatThrownBy(
              () -> CredentialClient.DIRECT.ask(get(server.url()), Duration.ofMillis(300)))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void aBodyThatNeverEndsFails() throws IOException {
    try (RawServer server =
        new RawServer((in, client) -> {
          RawServer.readHeadText(in);
          RawServer.write(client, "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n{");
          in.readAllBytes();
        })) {
      assertThatThrownBy(
              () -> CredentialClient.DIRECT.ask(get(server.url()), Duration.ofMillis(300)))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void aHugeAnswerFails() {
    try (LoginServer server =
        new LoginServer(seen -> new Given(200, "\"" + "x".repeat(TOO_LARGE) + "\""))) {
      assertThatThrownBy(() -> CredentialClient.DIRECT.ask(get(server.url()), LONG))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void aRedirectIsAnAnswer() throws Exception {
    try (RawServer server =
        new RawServer((in, client) -> {
          RawServer.readHeadText(in);
          RawServer.write(
              client,
              "HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\n"
                  + "content-length: 2\r\n\r\n{}");
        })) {
      CredentialClient.Answer answer = CredentialClient.DIRECT.ask(get(server.url()), LONG);
      assertThat(answer.status()).isEqualTo(302);
      assertThat(new String(answer.body(), UTF_8)).isEqualTo("{}");
      assertThat(answer.isSuccess()).isFalse();
    }
  }
}
