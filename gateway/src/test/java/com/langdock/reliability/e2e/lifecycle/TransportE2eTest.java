package com.langdock.reliability.e2e.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.langdock.reliability.e2e.journal.GatewayProcess;
import io.vertx.core.transport.Transport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Which transport a gateway says it uses, and which one it does use: Linux shows its objects. */
@Tag("e2e")
final class TransportE2eTest {
  private static final String RING = "anon_inode:[io_uring]";

  /** Netty's timer, which Java's own use of epoll does not have. */
  private static final String EPOLL_TIMER = "anon_inode:[timerfd]";

  @TempDir private Path folder;

  @Test
  void ioUring() throws Exception {
    assumeTrue(Transport.IO_URING.available(), "io_uring works here");
    assertThat(opened("io_uring", "io_uring")).contains(RING).doesNotContain(EPOLL_TIMER);
  }

  @Test
  void epoll() throws Exception {
    assumeTrue(Transport.EPOLL.available(), "epoll works here");
    assertThat(opened("epoll", "epoll")).contains(EPOLL_TIMER).doesNotContain(RING);
  }

  @Test
  void javasOwn() throws Exception {
    assertThat(opened("nio", "nio")).doesNotContain(RING, EPOLL_TIMER);
  }

  @Test
  void autoIsIoUringWhereItWorks() throws Exception {
    assumeTrue(Transport.IO_URING.available(), "io_uring works here");
    assertThat(opened("auto", "io_uring")).contains(RING);
  }

  /** Without its libraries no native transport works, as on a platform that they are not for. */
  @Test
  void autoStartsWhereNoNativeOneWorks() throws Exception {
    try (GatewayProcess gateway =
        GatewayProcess.start(folder, config("auto"), withoutLibraries())) {
      JsonNode chosen = gateway.lines("transport_chosen").getFirst();
      assertThat(chosen.path("transport").asString()).isEqualTo("nio");
      assertThat(chosen.path("level").asString()).isEqualTo("info");
      assertThat(chosen.path("message").asString())
          .startsWith("sockets use nio: io_uring is not available: ");
    }
  }

  @Test
  void aConfiguredOneThatDoesNotWorkEndsTheStart() throws Exception {
    Path errors = folder.resolve("errors");
    try (GatewayProcess gateway =
        GatewayProcess.launch(
            folder,
            config("epoll"),
            withoutLibraries(),
            ProcessBuilder.Redirect.to(errors.toFile()))) {
      assertThat(gateway.exitCode(20)).isEqualTo(1);
      assertThat(gateway.lines("server_started")).isEmpty();
    }
    assertThat(Files.readAllLines(errors))
        .filteredOn(line -> line.startsWith("gateway: "))
        .singleElement()
        .asString()
        .startsWith("gateway: server.transport: epoll is not available: ");
  }

  /** The descriptors of a gateway with this setting, which says that it uses {@code expected}. */
  private List<String> opened(String setting, String expected) throws Exception {
    try (GatewayProcess gateway = GatewayProcess.start(folder, config(setting), Map.of())) {
      assertThat(gateway.lines("transport_chosen"))
          .extracting(line -> line.path("transport").asString())
          .containsExactly(expected);
      assertThat(gateway.lines("server_started"))
          .extracting(line -> line.path("transport").asString())
          .containsExactly(expected, expected);
      return gateway.openFiles();
    }
  }

  private static Map<String, String> withoutLibraries() {
    return Map.of("JAVA_TOOL_OPTIONS", "-Dio.netty.transport.noNative=true");
  }

  private static String config(String transport) {
    return """
    server: {host: 127.0.0.1, port: 0, transport: %s}
    observability: {metrics_port: 0}
    journal: {url: none}
    providers: [{name: openai, base_url: "http://127.0.0.1:1", api_key: k, models: [gpt-4]}]
    """
        .formatted(transport);
  }
}
