package com.langdock.reliability.e2e.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.e2e.GatewayFixture;
import com.langdock.reliability.gateway.Gateway;
import com.langdock.reliability.gateway.config.ConfigLoader;
import com.langdock.reliability.gateway.config.LoadedConfig;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Providers that require a client certificate of the gateway. */
@Tag("e2e")
class MutualTlsE2eTest {
  @TempDir private Path folder;
  private Path ours = Path.of("");
  private Path theirs = Path.of("");

  @BeforeEach
  void makeKeys() throws Exception {
    ours = TlsServer.keys(Files.createDirectory(folder.resolve("ours")), "dns:gateway");
    theirs = TlsServer.keys(Files.createDirectory(folder.resolve("theirs")), "ip:127.0.0.1");
  }

  /** The private key in {@code keys}, as a PEM file beside it. */
  private static Path privateKey(Path keys) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    char[] password = TlsServer.PASSWORD.toCharArray();
    try (InputStream in = Files.newInputStream(keys)) {
      store.load(in, password);
    }
    Key key = store.getKey(store.aliases().nextElement(), password);
    String lines = Base64.getMimeEncoder().encodeToString(key.getEncoded());
    return Files.writeString(
        keys.resolveSibling("key.pem"),
        "-----BEGIN PRIVATE KEY-----\n" + lines + "\n-----END PRIVATE KEY-----\n");
  }

  private LoadedConfig config(String url, String tls) throws IOException {
    String yaml =
        """
        server: {host: 127.0.0.1, port: 0}
        observability: {metrics_port: 0, log_level: error}
        journal: {url: none}
        retry: {max_attempts: 1}
        providers: [{name: openai, base_url: "%s", models: [gpt-4], tls: {%s}}]
        """
            .formatted(url, tls);
    Path file = Files.writeString(folder.resolve("gateway.yaml"), yaml);
    return new ConfigLoader(Map.of()).load(file, List.of());
  }

  private static HttpResponse<String> ask(LoadedConfig config) throws Exception {
    try (Gateway gateway = Gateway.start(((LoadedConfig.Loaded) config).config());
        HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(
                  URI.create("http://127.0.0.1:" + gateway.port() + "/v1/chat/completions"))
              .header("content-type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(GatewayFixture.chat("gpt-4")))
              .build();
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
  }

  @Test
  void receiveTheConfiguredCertificate() throws Exception {
    Path ca = TlsServer.certificate(theirs);
    String tls =
        "ca: '%s', cert: '%s', key: '%s'"
            .formatted(ca, TlsServer.certificate(ours), privateKey(ours));
    try (TlsServer provider = new TlsServer(theirs, TlsServer.certificate(ours))) {
      HttpResponse<String> reply = ask(config(provider.url(), tls));
      assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    }
  }

  @Test
  void rejectAGatewayWithoutACertificate() throws Exception {
    String tls = "ca: '%s'".formatted(TlsServer.certificate(theirs));
    try (TlsServer provider = new TlsServer(theirs, TlsServer.certificate(ours))) {
      HttpResponse<String> reply = ask(config(provider.url(), tls));
      assertThat(reply.statusCode()).isEqualTo(502);
      assertThat(reply.body()).contains("tls_failed");
      assertThat(provider.requests).hasValue(0);
    }
  }

  @Test
  void aKeyOfAnotherCertificateIsAConfigurationProblem() throws Exception {
    String tls = "cert: '%s', key: '%s'".formatted(TlsServer.certificate(ours), privateKey(theirs));
    LoadedConfig config = config("https://127.0.0.1", tls);
    assertThat(((LoadedConfig.Rejected) config).problems())
        .singleElement()
        .hasToString(
            "ConfigProblem[line=5, path=providers[0].tls.key,"
                + " message=does not fit the certificate in cert]");
  }
}
