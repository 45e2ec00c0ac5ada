package com.langdock.reliability.e2e.responses;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.gateway.Gateway;
import com.langdock.reliability.gateway.config.ConfigLoader;
import com.langdock.reliability.gateway.config.LoadedConfig;
import com.langdock.reliability.gateway.tls.TestAuthority;
import com.langdock.reliability.mock.MockProvider;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** WebSocket mode behind TLS. */
@Tag("e2e")
@Tag("sockets")
class SecureWebSocketE2eTest {
  private static final String TRANSPORT = System.getProperty("test.transport", "auto");

  @Test
  void turnsAreAnswered(@TempDir Path folder) throws Exception {
    TestAuthority authority = new TestAuthority(folder);
    TestAuthority.Pem pem = authority.issue("server", 300);
    try (MockProvider openai = MockProvider.openAi();
        Gateway gateway = start(pem, openai);
        HttpClient client = HttpClient.newBuilder().sslContext(authority.client()).build();
        SocketClient socket =
            SocketClient.open(
                client, URI.create("wss://127.0.0.1:" + gateway.port() + "/v1/responses"))) {
      String turn = "{'type':'response.create','model':'gpt-4','input':'Hi'}";
      assertThat(socket.ask(turn).path("type").asString()).isEqualTo("response.completed");
      assertThat(socket.ask(turn).path("type").asString()).isEqualTo("response.completed");
      assertThat(openai.requests()).hasSize(2);
    }
  }

  private static Gateway start(TestAuthority.Pem pem, MockProvider openai) {
    String yaml =
        """
        server: {host: 127.0.0.1, port: 0, transport: %s, tls: {cert: '%s', key: '%s'}}
        observability: {metrics_port: 0, log_level: error}
        journal: {url: none}
        providers: [{name: openai, base_url: '%s', models: [gpt-4]}]
        """
            .formatted(TRANSPORT, pem.cert(), pem.key(), openai.url());
    LoadedConfig loaded = new ConfigLoader(Map.of()).parse(yaml, List.of());
    assertThat(loaded).as(loaded::toString).isInstanceOf(LoadedConfig.Loaded.class);
    return Gateway.start(((LoadedConfig.Loaded) loaded).config());
  }
}
