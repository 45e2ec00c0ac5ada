package com.langdock.reliability.e2e.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.gateway.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** A gateway in a process of its own, which can be killed. */
public final class GatewayProcess implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int POLLS = 600;
  private static final long POLL_MILLIS = 50;

  private final Process process;
  private final List<JsonNode> log = new CopyOnWriteArrayList<>();

  private GatewayProcess(Process process) {
    this.process = process;
    Thread.ofVirtual().start(this::readLog);
  }

  /** Starts a gateway and returns when it listens. */
  public static GatewayProcess start(Path folder, String config, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path file = Files.writeString(folder.resolve("config.yaml"), config);
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Xmx256m",
            "-cp",
            classPath,
            Main.class.getName(),
            "serve",
            "--config",
            file.toString());
    builder.environment().putAll(environment);
    GatewayProcess gateway =
        new GatewayProcess(builder.redirectError(ProcessBuilder.Redirect.INHERIT).start());
    gateway.awaitLines("server_started", 2);
    return gateway;
  }

  /** The port of its {@code data} or {@code management} server. */
  public int port(String server) {
    return lines("server_started").stream()
        .filter(line -> line.path("server").asString("").equals(server))
        .findFirst()
        .orElseThrow()
        .path("port")
        .asInt();
  }

  /** The lines of an event so far. */
  public List<JsonNode> lines(String event) {
    return log.stream().filter(line -> line.path("event").asString("").equals(event)).toList();
  }

  /** Waits for so many lines of an event. */
  public List<JsonNode> awaitLines(String event, int count) throws InterruptedException {
    for (int poll = 0; poll < POLLS && lines(event).size() < count; poll++) {
      assertThat(process.isAlive()).as("the gateway runs").isTrue();
      Thread.sleep(POLL_MILLIS);
    }
    assertThat(lines(event)).hasSizeGreaterThanOrEqualTo(count);
    return lines(event);
  }

  /** Ends it as {@code kill -9} does. */
  public void kill() {
    process.destroyForcibly();
    process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
  }

  /** Ends it as a signal does, and forcibly when that takes too long. */
  @Override
  public void close() {
    process.destroy();
    try {
      process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
    } catch (CompletionException stuck) {
      kill();
    }
  }

  private void readLog() {
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      output.lines().forEach(line -> log.add(JSON.readTree(line)));
    } catch (IOException ended) {
      // It was killed.
    }
  }
}
