package com.langdock.reliability.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.gateway.config.ConfigLoader;
import com.langdock.reliability.gateway.config.LoadedConfig;
import com.langdock.reliability.mock.MockProvider;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Providers that are asked for their models: the mocks, and servers that answer wrongly. */
@Tag("e2e")
class OnlineCheckE2eTest {
  private static final String SECRET = "sk-very-secret";
  private static final Duration LIMIT = Duration.ofSeconds(3);

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<HttpServer> servers = new ArrayList<>();
  private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  @TempDir private Path folder;
  private HttpServer fake;

  @BeforeEach
  void open() throws IOException {
    fake = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    fake.setExecutor(threads);
    fake.start();
    servers.add(fake);
  }

  @AfterEach
  void close() {
    servers.forEach(server -> server.stop(0));
    threads.shutdownNow();
  }

  /** Answers GETs of the path so. */
  private void answers(String path, int status, String body) {
    fake.createContext(
        path,
        exchange -> {
          seen.add(exchange.getRequestURI() + " " + exchange.getRequestHeaders().entrySet());
          send(exchange, status, body);
        });
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private String fakeUrl(String path) {
    return "http://127.0.0.1:" + fake.getAddress().getPort() + path;
  }

  private int check(String providers) throws IOException {
    Path file = Files.writeString(folder.resolve("c.yaml"), "providers:\n" + providers);
    LoadedConfig config = new ConfigLoader(Map.of()).load(file, List.of());
    assertThat(config).isInstanceOf(LoadedConfig.Loaded.class);
    PrintStream out = new PrintStream(printed, true, UTF_8);
    return new OnlineCheck(out, new SystemTicker(), LIMIT)
        .run(((LoadedConfig.Loaded) config).config());
  }

  private String printed() {
    String text = printed.toString(UTF_8);
    assertThat(text).doesNotContain(SECRET);
    return text.replaceAll("\\(\\d+ ms\\)", "(N ms)");
  }

  private String provider(String name, String type, String url, String models) {
    return "  - {name: %s, type: %s, base_url: '%s', api_key: %s, models: [%s]%s}\n"
        .formatted(
            name,
            type,
            url,
            SECRET,
            models,
            switch (type) {
              case "bedrock" -> ", region: eu-west-1";
              case "vertex" -> ", project: my-project, location: europe-west1";
              default -> "";
            });
  }

  @Test
  void findsTheModelsOfEveryFormat() throws IOException {
    try (MockProvider openai = MockProvider.openAi();
        MockProvider anthropic = MockProvider.anthropic();
        MockProvider gemini = MockProvider.gemini();
        MockProvider bedrock = MockProvider.bedrock()) {
      int code =
          check(
              provider("o", "openai", openai.url(), "gpt-4, gpt-4o")
                  + provider("a", "anthropic", anthropic.url(), "claude-3-opus")
                  + provider("g", "gemini", gemini.url(), "gemini-2.5-pro")
                  + provider("z", "azure", openai.url(), "deployment")
                  + provider("b", "bedrock", bedrock.url(), "'eu.amazon.nova-pro-v1:0'")
                  + provider("v", "vertex", gemini.url(), "gemini-2.5-pro"));

      assertThat(printed())
          .isEqualToNormalizingNewlines(
              """
              asking 6 providers for models, at most 3 s each:
                o: reachable, authorised, knows 2 of 2 models (N ms)
                a: reachable, authorised, knows 1 of 1 models (N ms)
                g: reachable, authorised, knows 1 of 1 models (N ms)
                z: reachable, authorised; its list does not name what requests use (N ms)
                b: reachable, authorised, knows 1 of 1 models (N ms)
                v: reachable, authorised; its list does not name what requests use (N ms)
              """);
      assertThat(code).isZero();
    }
  }

  @Test
  void tellsEveryProviderThatIsNotAsConfigured() throws IOException {
    answers("/v1/models", 401, "{\"error\":{\"message\":\"bad key " + SECRET + "\"}}");
    answers("/failing/models", 500, "{\"error\":{\"message\":\"broken\"}}");
    answers("/garbage/models", 200, "<html>");
    answers("/small/models", 200, "{\"data\":[{\"id\":\"gpt-4\"}]}");
    fake.createContext(
        "/moved/models",
        exchange -> {
          exchange.getResponseHeaders().add("location", fakeUrl("/secret") + "?key=" + SECRET);
          send(exchange, 302, "");
        });
    answers("/secret", 200, "{\"data\":[{\"id\":\"gpt-4\"}]}");

    int code =
        check(
            provider("refused", "openai", fakeUrl(""), "gpt-4")
                + provider("failing", "openai", fakeUrl("/failing"), "gpt-4")
                + provider("garbage", "openai", fakeUrl("/garbage"), "gpt-4")
                + provider("small", "openai", fakeUrl("/small"), "gpt-4, gpt-9")
                + provider("moved", "openai", fakeUrl("/moved"), "gpt-4")
                + provider("gone", "openai", "http://127.0.0.1:1", "gpt-4"));

    assertThat(printed())
        .isEqualToNormalizingNewlines(
            """
            asking 6 providers for models, at most 3 s each:
              refused: reachable, not authorised: 401 (N ms)
              failing: reachable, but fails: 500 broken (N ms)
              garbage: reachable, but what it answers is no list of models; see base_url (N ms)
              small: reachable, authorised, knows 1 of 2 models, but not gpt-9 (N ms)
              moved: reachable, but redirects to %s (302); set base_url to where it is (N ms)
              gone: not reachable: connection refused (N ms)
            """
                .formatted(fakeUrl("/secret")));
    assertThat(code).isEqualTo(OnlineCheck.NOT_CONFIRMED);
    assertThat(seen).noneMatch(request -> request.startsWith("/secret"));
    assertThat(seen).allMatch(request -> request.contains("Bearer " + SECRET));
  }

  @Test
  void asksNobodyWithoutACredential() throws IOException {
    answers("/", 400, "{\"error\":\"invalid_client\"}");
    int code =
        check(
            """
              - name: z
                type: azure
                base_url: '%1$s'
                entra: {tenant: t, client_id: c, client_secret: %2$s, authority: '%1$s'}
                models: [m]
            """
                .formatted(fakeUrl(""), SECRET));

    assertThat(printed()).contains("z: not asked: its login gives no credential");
    assertThat(code).isEqualTo(OnlineCheck.NOT_CONFIRMED);
    assertThat(seen).noneMatch(request -> request.startsWith("/openai"));
  }

  @Test
  void asksAllAtOnceAndWaitsForNoneTooLong() throws IOException {
    fake.createContext("/v1/models", exchange -> pause(exchange, 30_000));
    fake.createContext("/dripping/models", this::drip);
    long begun = System.nanoTime();

    int code =
        check(
            provider("slow", "openai", fakeUrl(""), "gpt-4")
                + provider("dripping", "openai", fakeUrl("/dripping"), "gpt-4")
                + provider("slow-too", "openai", fakeUrl(""), "gpt-4"));

    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(LIMIT.multipliedBy(2));
    assertThat(printed().lines().skip(1))
        .hasSize(3)
        .allMatch(line -> line.endsWith("reached, but it does not answer in time (N ms)"));
    assertThat(code).isEqualTo(OnlineCheck.NOT_CONFIRMED);
  }

  private void drip(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    for (int sent = 0; sent < 100; sent++) {
      exchange.getResponseBody().write(' ');
      exchange.getResponseBody().flush();
      sleep(300);
    }
  }

  private static void pause(HttpExchange exchange, long millis) {
    sleep(millis);
    exchange.close();
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
