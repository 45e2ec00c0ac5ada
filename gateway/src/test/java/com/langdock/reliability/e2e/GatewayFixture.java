package com.langdock.reliability.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.gateway.Gateway;
import com.langdock.reliability.gateway.config.ConfigLoader;
import com.langdock.reliability.gateway.config.GatewayConfig;
import com.langdock.reliability.gateway.config.LoadedConfig;
import com.langdock.reliability.gateway.telemetry.log.LogFormat;
import com.langdock.reliability.mock.MockProvider;
import com.langdock.reliability.mock.log.SeenRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** A gateway between a client and mock providers, all in this process, with short times. */
public final class GatewayFixture implements AutoCloseable {
  /** The gateway's credential at the providers. */
  public static final String SECRET = "sk-very-secret";

  public static final String SHORT_TIMES =
      """
      server: {host: 127.0.0.1, port: 0, drain_timeout: 5s, max_body: 8MiB}
      observability: {metrics_port: 0, log_level: error}
      retry: {max_attempts: 3, base_backoff: 30ms, max_backoff: 200ms, max_retry_after: 3s}
      timeout: {connect: 2s, read: 700ms, first_token: 600ms, total: 8s}
      streaming: {heartbeat_timeout: 500ms}
      circuit_breaker: {threshold: 5, timeout: 700ms, minimum_calls: 1000}
      """;

  /** Of the gateways of this run: the build runs tests about sockets again on another one. */
  private static final String TRANSPORT =
      "server.transport=" + System.getProperty("test.transport", "auto");

  /** For a first request, whose classes are loaded while it is answered. */
  private static final String PATIENT =
      """
      server: {host: 127.0.0.1, port: 0}
      observability: {metrics_port: 0, log_level: error}
      journal: {url: none}
      """;

  private static final AtomicBoolean WARM = new AtomicBoolean();

  public final MockProvider openai = MockProvider.openAi();
  public final MockProvider anthropic = MockProvider.anthropic();

  /** Served by {@link #ofFormats} only. */
  public final MockProvider responses = MockProvider.responses();

  /** Served by {@link #ofFormats} only. */
  public final MockProvider gemini = MockProvider.gemini();

  /** Served by {@link #ofFormats} only. */
  public final MockProvider bedrock = MockProvider.bedrock();

  public final Gateway gateway;
  public final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private GatewayFixture(
      String settings,
      Function<GatewayFixture, String> providers,
      Map<String, String> environment) {
    warmUp();
    String journal = settings.contains("journal:") ? "" : journal(journalFile(), "");
    String all = settings + journal + providers.apply(this);
    gateway = Gateway.start(load(all, environment), LogFormat.JSON, environment);
    if (all.contains("client_keys:")) {
      awaitReady();
    }
  }

  /** Until the keys of the store are read, nobody knows whether a key is wrong. */
  private void awaitReady() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
    while (get("/health/ready").status() != 200 && System.nanoTime() - end < 0) {
      Thread.onSpinWait();
    }
  }

  /** Starts providers whose credentials are looked for by these environment variables. */
  public static GatewayFixture searching(
      Map<String, String> environment, Function<GatewayFixture, String> providers) {
    return new GatewayFixture(SHORT_TIMES, providers, environment);
  }

  /**
   * Starts the default configuration: gpt-4 at openai with fallback to claude-3-opus at anthropic,
   * and claude-3-sonnet in the other direction.
   */
  public static GatewayFixture open() {
    return open(SHORT_TIMES);
  }

  /** Starts the default providers with other settings. */
  public static GatewayFixture open(String settings) {
    return new GatewayFixture(settings, GatewayFixture::usual, Map.of());
  }

  /** Starts a provider of each {@link Format}, each with its models. */
  public static GatewayFixture ofFormats(String settings) {
    return new GatewayFixture(settings, Format::providers, Map.of());
  }

  /** Starts the providers of the lines that {@code providers} makes of the mocks' addresses. */
  public static GatewayFixture of(String settings, Function<GatewayFixture, String> providers) {
    return new GatewayFixture(settings, providers, Map.of());
  }

  /** Starts the default providers with another server in place of openai. */
  public static GatewayFixture open(String settings, String openaiUrl) {
    return new GatewayFixture(settings, fixture -> fixture.providers(openaiUrl), Map.of());
  }

  /** Starts a gateway with the section {@code providers}. */
  public static GatewayFixture of(String settings, String providers) {
    return new GatewayFixture(settings, fixture -> providers, Map.of());
  }

  /** Starts the default configuration with these environment variables. */
  public static GatewayFixture in(Map<String, String> environment) {
    return new GatewayFixture(SHORT_TIMES, GatewayFixture::usual, environment);
  }

  /** Settings of a journal in a file, with {@code more} settings. */
  public static String journal(Path file, String more) {
    return "journal: {url: 'sqlite:" + file + "'" + more + "}\n";
  }

  /** A file for a journal, in its own folder, which is deleted when the tests have ended. */
  public static Path journalFile() {
    try {
      Path folder = Files.createTempDirectory("journal");
      folder.toFile().deleteOnExit(); // the last one added is deleted first
      for (String name : List.of("journal.db", "journal.db-shm", "journal.db-wal")) {
        folder.resolve(name).toFile().deleteOnExit();
      }
      return folder.resolve("journal.db");
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  /** The short times with one section replaced by {@code line}. */
  public static String with(String line) {
    String section = line.substring(0, line.indexOf(':') + 1);
    StringBuilder settings = new StringBuilder();
    SHORT_TIMES
        .lines()
        .forEach(usual -> settings.append(usual.startsWith(section) ? line : usual).append('\n'));
    return settings.toString();
  }

  /**
   * Loads the classes of gateway and providers, once per process: it takes longer than the short
   * times allow an answer.
   */
  private static void warmUp() {
    if (WARM.compareAndSet(false, true)) {
      try (GatewayFixture first = ofFormats(PATIENT)) {
        for (Client client : Client.all()) {
          for (Format format : Format.values()) {
            client.ask(first, Question.of(format.model(), false, "Say hi"));
            client.ask(first, Question.of(format.model(), true, "Say hi"));
          }
        }
      }
    }
  }

  private String usual() {
    return providers(openai.url());
  }

  private String providers(String openaiUrl) {
    return """
    providers:
      - {name: openai, base_url: "%s", api_key: "%s", models: [gpt-4, gpt-3.5-turbo]}
      - name: anthropic
        base_url: "%s"
        api_key: "%s"
        models: [claude-3-opus, claude-3-sonnet]
        priority: 2
    fallbacks: {gpt-4: [claude-3-opus], claude-3-sonnet: [gpt-4]}
    """
        .formatted(openaiUrl, SECRET, anthropic.url(), SECRET);
  }

  /** A request for a model that two providers can answer. */
  public static String chat(String model) {
    return "{\"model\":\""
        + model
        + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Say hi\"}]}";
  }

  /** The same request for a stream, with more fields. */
  public static String streamed(String model, String... fields) {
    String more = fields.length == 0 ? "" : "," + String.join(",", fields);
    String whole = chat(model);
    return whole.substring(0, whole.length() - 1) + ",\"stream\":true" + more + "}";
  }

  public StreamReply stream(String body, String... headers) {
    return StreamReply.of(asking(body, headers).join());
  }

  public Reply ask(String body, String... headers) {
    return Reply.of(asking(body, headers).join());
  }

  public CompletableFuture<HttpResponse<String>> asking(String body, String... headers) {
    return posting("/v1/chat/completions", body, headers);
  }

  /** Sends a request in JSON to {@code path}. */
  public CompletableFuture<HttpResponse<String>> posting(
      String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url(path))
            .timeout(Duration.ofSeconds(20))
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  public Reply get(String path) {
    return Reply.of(send(HttpRequest.newBuilder(url(path)).build()));
  }

  /** The management API's response. */
  public Reply manage(String path) {
    URI url = URI.create("http://127.0.0.1:" + gateway.managementPort() + path);
    return Reply.of(send(HttpRequest.newBuilder(url).build()));
  }

  public HttpResponse<String> send(HttpRequest request) {
    return client.sendAsync(request, HttpResponse.BodyHandlers.ofString()).join();
  }

  public URI url(String path) {
    return URI.create("http://127.0.0.1:" + gateway.port() + path);
  }

  /** The provider of this name. */
  public MockProvider provider(String name) {
    return switch (name) {
      case "openai" -> openai;
      case "anthropic" -> anthropic;
      case "gemini" -> gemini;
      case "responses" -> responses;
      case "bedrock" -> bedrock;
      default -> throw new AssertionError(name);
    };
  }

  /** The faults of the requests that openai received, in order. */
  public List<String> seenByOpenai() {
    return openai.requests().stream().map(SeenRequest::fault).toList();
  }

  /** The value of a metric, such as {@code name{label="value"}}; 0 if it does not exist. */
  public double metric(String name, Map<String, String> labels) {
    URI metrics = URI.create("http://127.0.0.1:" + gateway.managementPort() + "/metrics");
    return send(HttpRequest.newBuilder(metrics).build())
        .body()
        .lines()
        .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
        .filter(line ->
            labels.entrySet().stream()
                .allMatch(label -> line.contains(label.getKey() + "=\"" + label.getValue() + "\"")))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** All metrics in the OpenMetrics format. */
  public String openMetrics() {
    URI metrics = URI.create("http://127.0.0.1:" + gateway.managementPort() + "/metrics");
    return send(HttpRequest.newBuilder(metrics)
            .header("accept", "application/openmetrics-text")
            .build())
        .body();
  }

  public double attempts(String provider, String outcome) {
    return metric("gateway_attempts_total", Map.of("provider", provider, "outcome", outcome));
  }

  /** Closes everything. Fails if the gateway counted a bug. */
  @Override
  public void close() {
    double bugs = bugs();
    gateway.close();
    openai.close();
    anthropic.close();
    gemini.close();
    responses.close();
    bedrock.close();
    client.shutdownNow();
    assertThat(bugs).as("bugs in the gateway").isZero();
  }

  /** The number of bugs counted; 0 if the gateway has been drained. */
  private double bugs() {
    try {
      return metric("gateway_bugs_total", Map.of());
    } catch (CompletionException stopped) {
      return 0;
    }
  }

  /** The configuration of a file with these lines. */
  public static GatewayConfig load(String yaml) {
    return load(yaml, Map.of());
  }

  private static GatewayConfig load(String yaml, Map<String, String> environment) {
    try {
      Path file = Files.createTempFile("gateway", ".yaml");
      Files.writeString(file, yaml);
      LoadedConfig loaded = new ConfigLoader(environment).load(file, List.of(TRANSPORT));
      Files.delete(file);
      return switch (loaded) {
        case LoadedConfig.Loaded fine -> fine.config();
        case LoadedConfig.Rejected rejected -> throw new AssertionError(rejected.problems());
      };
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }
}
