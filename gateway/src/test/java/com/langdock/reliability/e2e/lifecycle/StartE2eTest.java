package com.langdock.reliability.e2e.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.e2e.journal.GatewayProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Messages of a gateway that starts or fails to start. */
@Tag("e2e")
final class StartE2eTest {
  @TempDir private Path folder;

  @Test
  void aUsedDataPortEndsTheStart() throws Exception {
    try (ServerSocket taken = taken()) {
      int port = taken.getLocalPort();
      assertThat(failure("host: 127.0.0.1, port: " + port, "metrics_port: 0"))
          .startsWith("gateway: server.port: cannot listen on 127.0.0.1:" + port)
          .contains("set another port");
    }
  }

  @Test
  void aUsedManagementPortEndsTheStart() throws Exception {
    try (ServerSocket taken = taken()) {
      int port = taken.getLocalPort();
      assertThat(failure("host: 127.0.0.1, port: 0", "metrics_port: " + port))
          .startsWith("gateway: observability.metrics_port: cannot listen on 127.0.0.1:" + port);
    }
  }

  @Test
  void anAddressOfAnotherMachineEndsTheStart() throws Exception {
    assertThat(failure("host: 192.0.2.1, port: 0", "metrics_port: 0"))
        .startsWith("gateway: server.host: cannot listen on 192.0.2.1:0: this is no address");
  }

  @Test
  void anUnknownHostEndsTheStart() throws Exception {
    assertThat(failure("host: no-such-host.invalid, port: 0", "metrics_port: 0"))
        .startsWith("gateway: server.host: cannot listen on no-such-host.invalid:0: the host");
  }

  @Test
  void warnsOfAKeyThatIsSentInPlainText() throws Exception {
    String config =
        """
        server: {host: 127.0.0.1, port: 0}
        observability: {metrics_port: 0}
        journal: {url: none}
        providers:
          - name: openai
            base_url: "http://192.0.2.1"
            api_key: sk-4321
            models: [gpt-4]
        """;
    try (GatewayProcess gateway = GatewayProcess.start(folder, config, Map.of())) {
      JsonNode warning = gateway.awaitLines("config_warning", 1).getFirst();
      assertThat(gateway.lines("config_warning")).hasSize(1);
      assertThat(warning.path("level").asString()).isEqualTo("warn");
      assertThat(warning.path("message").asString())
          .contains("config.yaml:6", "base_url", "sends api_key over plain http")
          .doesNotContain("sk-4321");
    }
  }

  private static ServerSocket taken() throws IOException {
    return new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
  }

  /** The standard error of a gateway that must fail to start. */
  private String failure(String server, String observability) throws Exception {
    String config =
        """
        server: {%s}
        observability: {%s}
        journal: {url: none}
        providers:
          - {name: openai, base_url: "http://127.0.0.1:1", api_key: k, models: [gpt-4]}
        """
            .formatted(server, observability);
    Path errors = folder.resolve("errors");
    try (GatewayProcess gateway =
        GatewayProcess.launch(
            folder, config, Map.of(), ProcessBuilder.Redirect.to(errors.toFile()))) {
      assertThat(gateway.exitCode(20)).isEqualTo(1);
      assertThat(gateway.lines("server_started")).isEmpty();
    }
    assertThat(Files.readAllLines(errors)).hasSize(1);
    return Files.readString(errors);
  }
}
