package com.langdock.reliability.e2e.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.gateway.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** A gateway in a separate process, which can be killed. */
public final class GatewayProcess implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int POLLS = 600;
  private static final long POLL_MILLIS = 50;

  private final Process process;
  private final Thread reader;
  private final List<JsonNode> log = new CopyOnWriteArrayList<>();

  private GatewayProcess(Process process) {
    this.process = process;
    reader = Thread.ofVirtual().start(this::readLog);
  }

  /** Starts a gateway and returns once it listens. */
  public static GatewayProcess start(Path folder, String config, Map<String, String> environment)
      throws IOException, InterruptedException {
    GatewayProcess gateway = launch(folder, config, environment, ProcessBuilder.Redirect.INHERIT);
    gateway.awaitLines("server_started", 2);
    return gateway;
  }

  /** Starts a gateway that may fail to start; {@code errors} receives its standard error. */
  public static GatewayProcess launch(
      Path folder, String config, Map<String, String> environment, ProcessBuilder.Redirect errors)
      throws IOException {
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
    builder.directory(folder.toFile()).environment().putAll(environment);
    return new GatewayProcess(builder.redirectError(errors).start());
  }

  /** Sends it a signal, such as {@code TERM}. */
  public void signal(String name) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
    assertThat(kill.waitFor()).isZero();
  }

  /** Its exit code, once it has ended. Fails after {@code seconds}. */
  public int exitCode(int seconds) throws InterruptedException {
    assertThat(process.waitFor(seconds, TimeUnit.SECONDS)).as("the process ends").isTrue();
    reader.join();
    return process.exitValue();
  }

  /** Whether it runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** What its file descriptors are, as Linux names them. */
  public List<String> openFiles() throws IOException {
    List<String> names = new ArrayList<>();
    try (Stream<Path> all = Files.list(Path.of("/proc", Long.toString(process.pid()), "fd"))) {
      for (Path file : all.toList()) {
        if (Files.isSymbolicLink(file)) {
          names.add(Files.readSymbolicLink(file).toString());
        }
      }
    }
    return names;
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

  /** The log lines of an event so far. */
  public List<JsonNode> lines(String event) {
    return log.stream().filter(line -> line.path("event").asString("").equals(event)).toList();
  }

  /** All log lines so far. */
  public List<String> allLines() {
    return log.stream().map(JsonNode::toString).toList();
  }

  /** Waits for this number of log lines of an event. */
  public List<JsonNode> awaitLines(String event, int count) throws InterruptedException {
    for (int poll = 0; poll < POLLS && lines(event).size() < count; poll++) {
      assertThat(process.isAlive()).as("the gateway runs").isTrue();
      Thread.sleep(POLL_MILLIS);
    }
    assertThat(lines(event)).hasSizeGreaterThanOrEqualTo(count);
    return lines(event);
  }

  /** Waits until its journal is in this status. */
  public void awaitJournal(String status) throws IOException, InterruptedException {
    String ready = "";
    for (int poll = 0; poll < POLLS && !ready.contains("\"journal\":\"" + status); poll++) {
      Thread.sleep(POLL_MILLIS);
      ready = ready();
    }
    assertThat(ready).contains("\"journal\":\"" + status);
  }

  private String ready() throws IOException, InterruptedException {
    URI url = URI.create("http://127.0.0.1:%d/health/ready".formatted(port("management")));
    return send(HttpRequest.newBuilder(url).build());
  }

  /** Requests a chat completion. Returns the response of any status. */
  public String ask(String body) throws IOException, InterruptedException {
    URI url = URI.create("http://127.0.0.1:%d/v1/chat/completions".formatted(port("data")));
    return send(
        HttpRequest.newBuilder(url)
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  private static String send(HttpRequest request) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.ofString()).body();
    }
  }

  /** Kills it as {@code kill -9} does. */
  public void kill() {
    process.destroyForcibly();
    process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
  }

  /** Ends it as a signal does, or forcibly after a timeout. */
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
    } catch (IOException | UncheckedIOException ended) {
      // It was killed.
    }
  }
}
