package com.langdock.reliability.e2e.prometheus;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** A Prometheus process on a free loopback port that scrapes one gateway every second. */
public final class PrometheusServer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int STOP_SECONDS = 10;

  private final HttpClient client = HttpClient.newHttpClient();
  private final Process process;
  private final int port;

  private PrometheusServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts a server with its data in {@code folder}. It is not ready immediately. */
  public static PrometheusServer start(Path folder, int gatewayPort, List<Path> rules)
      throws IOException {
    Path config = folder.resolve("prometheus.yaml");
    Files.writeString(
        config,
        """
        global: {scrape_interval: 1s, evaluation_interval: 1s}
        rule_files: [%s]
        scrape_configs:
          - {job_name: gateway, static_configs: [{targets: ["127.0.0.1:%d"]}]}
        """
            .formatted(
                rules.stream()
                    .map(file -> '"' + file.toAbsolutePath().normalize().toString() + '"')
                    .collect(Collectors.joining(", ")),
                gatewayPort));
    int port = freePort();
    Process process =
        new ProcessBuilder(
                "prometheus",
                "--config.file=" + config,
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("prometheus.log").toFile())
            .start();
    return new PrometheusServer(process, port);
  }

  /** The current series of {@code expression}, or an error's text if it is invalid. */
  public Result query(String expression) throws InterruptedException {
    String encoded = URLEncoder.encode(expression, StandardCharsets.UTF_8);
    JsonNode answer = get("/api/v1/query?query=" + encoded);
    return new Result(answer.path("error").asString(""), answer.path("data").path("result").size());
  }

  /**
   * The result of a query.
   *
   * @param error empty if the expression is valid
   */
  public record Result(String error, int series) {}

  /** The expressions of all rules. */
  public List<String> ruleExpressions() throws InterruptedException {
    return get("/api/v1/rules").findValuesAsString("query");
  }

  /** The names of all metrics. */
  public Set<String> metricNames() throws InterruptedException {
    return get("/api/v1/label/__name__/values")
        .path("data")
        .valueStream()
        .map(JsonNode::asString)
        .collect(Collectors.toSet());
  }

  /** The response; an empty object while the server does not listen. */
  private JsonNode get(String path) throws InterruptedException {
    URI url = URI.create("http://127.0.0.1:" + port + path);
    try {
      HttpRequest request = HttpRequest.newBuilder(url).build();
      String body = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
      return body.startsWith("{") ? JSON.readTree(body) : JSON.createObjectNode();
    } catch (IOException notYet) {
      return JSON.createObjectNode();
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException stopped) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
