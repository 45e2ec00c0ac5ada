package com.langdock.reliability.e2e.replicas;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.access.KeyHash;
import com.langdock.reliability.e2e.GatewayFixture;
import com.langdock.reliability.gateway.Gateway;
import com.langdock.reliability.mock.MockProvider;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Gateways that share one PostgreSQL, each by a way of its own, before one provider. */
public final class Replicas implements AutoCloseable {
  /** A client key of all of them. */
  public static final String KEY = "sk-lg-the-key-of-a-service";

  private static final int POLLS = 500;
  private static final long POLL_MILLIS = 20;

  /** The provider of all of them. */
  public final MockProvider provider = MockProvider.openAi();

  /** The ways to the database, in the order of the gateways. */
  public final List<TcpProxy> ways = new ArrayList<>();

  private final List<Gateway> gateways = new ArrayList<>();
  private final EmbeddedPostgres postgres;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private Replicas(EmbeddedPostgres postgres) {
    this.postgres = postgres;
  }

  /** Gateways under {@code settings}, which may name limits, and with the key's {@code limits}. */
  public static Replicas start(int count, String settings, String limits) throws Exception {
    Replicas replicas = new Replicas(EmbeddedPostgres.builder().start());
    for (int i = 0; i < count; i++) {
      replicas.add(settings, limits);
    }
    return replicas;
  }

  /** Starts one more. */
  public void add(String settings, String limits) throws Exception {
    TcpProxy way = new TcpProxy(postgres.getPort());
    ways.add(way);
    gateways.add(Gateway.start(GatewayFixture.load(config(way.port(), settings, limits))));
    awaitReady(gateways.size() - 1);
  }

  /** The configuration of a gateway that reaches the database at {@code port}. */
  public String config(int port, String settings, String limits) {
    return "server: {host: 127.0.0.1, port: 0, drain_timeout: 5s}\n"
        + "observability: {metrics_port: 0, log_level: error}\n"
        + "timeout: {connect: 10s, read: 20s, first_token: 20s, total: 25s}\n"
        + "store: {url: 'postgresql://postgres@127.0.0.1:%d/postgres', %s}\n"
            .formatted(port, settings)
        + "journal: {durability: sync, sync_timeout: 300ms}\n"
        + "management: {open_metrics: true}\n"
        + "models: {gpt-4: {price: {input: 3, cached_input: 3, output: 7}}}\n"
        + "teams: [{name: search}]\n"
        + "client_keys: {keys: [{name: service, team: search, hash: '%s', %s}]}\n"
            .formatted(KeyHash.of(KEY).text(), limits)
        + "providers: [{name: openai, base_url: '%s', api_key: k, models: [gpt-4]}]\n"
            .formatted(provider.url());
  }

  /** One of them. */
  public Gateway gateway(int index) {
    return gateways.get(index);
  }

  /** Sends a request to one of them. */
  public CompletableFuture<HttpResponse<String>> asking(int index, String body) {
    return post(gateways.get(index).port(), body);
  }

  /** Sends a request to a gateway at {@code port}. */
  public CompletableFuture<HttpResponse<String>> post(int port, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/chat/completions"))
            .timeout(Duration.ofSeconds(30))
            .header("content-type", "application/json")
            .header("authorization", "Bearer " + KEY)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
  }

  /** The answer of one of them. */
  public HttpResponse<String> ask(int index) {
    return asking(index, GatewayFixture.chat("gpt-4")).join();
  }

  /** The text of a path of one's management port. */
  public String manage(int index, String path) {
    URI url = URI.create("http://127.0.0.1:" + gateways.get(index).managementPort() + path);
    HttpRequest request = HttpRequest.newBuilder(url).build();
    return client.sendAsync(request, HttpResponse.BodyHandlers.ofString()).join().body();
  }

  /** The sum of a metric's values whose lines contain {@code labels}. */
  public double metric(int index, String name, String labels) {
    return manage(index, "/metrics")
        .lines()
        .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
        .filter(line -> line.contains(labels))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** Stops one of them as a signal does. */
  public void drain(int index) {
    gateways.get(index).drain();
  }

  /** The one number that a query answers. */
  public long number(String query) throws SQLException {
    try (Connection connection = connect();
        ResultSet row = connection.createStatement().executeQuery(query)) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  /** A connection past the gateways. */
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(postgres.getJdbcUrl("postgres", "postgres"));
  }

  /** The database's own port. */
  public int databasePort() {
    return postgres.getPort();
  }

  /** Waits until something holds. */
  public static void await(String what, Condition condition) throws Exception {
    for (int poll = 0; poll < POLLS; poll++) {
      if (condition.holds()) {
        return;
      }
      Thread.sleep(POLL_MILLIS);
    }
    assertThat(false).as(what).isTrue();
  }

  /** Something to wait for. */
  public interface Condition {
    /** Whether it holds by now. */
    boolean holds() throws Exception;
  }

  private void awaitReady(int index) throws Exception {
    await(
        "the journal is open",
        () -> {
          String ready = manage(index, "/health/ready");
          return ready.contains("\"journal\":\"open\"");
        });
  }

  @Override
  public void close() throws IOException {
    gateways.forEach(Gateway::close);
    ways.forEach(TcpProxy::close);
    provider.close();
    client.shutdownNow();
    postgres.close();
  }
}
