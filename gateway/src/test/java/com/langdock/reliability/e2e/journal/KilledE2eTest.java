package com.langdock.reliability.e2e.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.e2e.GatewayFixture;
import com.langdock.reliability.mock.MockProvider;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway process that is killed under load. */
@Tag("e2e")
final class KilledE2eTest {
  private static final int CLIENTS = 8;
  private static final int ANSWERS = 400;

  private final Set<String> answered = ConcurrentHashMap.newKeySet();

  private static String config(MockProvider provider, Path journal) {
    return "server: {host: 127.0.0.1, port: 0}\n"
        + "observability: {metrics_port: 0, log_level: info}\n"
        + GatewayFixture.journal(journal, ", durability: sync")
        + "providers: [{name: openai, base_url: '%s', api_key: k, models: [gpt-4]}]\n"
            .formatted(provider.url());
  }

  @Test
  void keepsEveryAnsweredRequestUnderSync(@TempDir Path folder) throws Exception {
    Path journal = folder.resolve("journal.db");
    try (MockProvider provider = MockProvider.openAi()) {
      try (GatewayProcess gateway =
          GatewayProcess.start(folder, config(provider, journal), Map.of())) {
        gateway.awaitJournal("open"); // Before that, answers wait at most sync_timeout.
        killInTheMiddleOfLoad(gateway);
      }
      assertThat(answered).hasSizeGreaterThanOrEqualTo(ANSWERS);
      assertThat(written(journal)).containsAll(answered);

      try (GatewayProcess again =
          GatewayProcess.start(folder, config(provider, journal), Map.of())) {
        assertThat(ask(again, HttpClient.newHttpClient())).isPositive();
      }
      assertThat(written(journal)).containsAll(answered);
    }
  }

  private void killInTheMiddleOfLoad(GatewayProcess gateway) throws Exception {
    try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        HttpClient client = HttpClient.newHttpClient()) {
      for (int i = 0; i < CLIENTS; i++) {
        clients.execute(() -> askUntilItDies(gateway, client));
      }
      long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
      while (answered.size() < ANSWERS && System.nanoTime() - giveUp < 0) {
        Thread.sleep(5);
      }
      gateway.kill();
    }
  }

  private void askUntilItDies(GatewayProcess gateway, HttpClient client) {
    try {
      while (true) {
        ask(gateway, client);
      }
    } catch (IOException | InterruptedException dead) {
      // Killed before it answered, so the journal need not contain the request.
    }
  }

  /** Sends one request and records its answer. Returns the status. */
  private int ask(GatewayProcess gateway, HttpClient client)
      throws IOException, InterruptedException {
    URI url = URI.create("http://127.0.0.1:%d/v1/chat/completions".formatted(gateway.port("data")));
    var answer =
        client.send(
            HttpRequest.newBuilder(url)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(GatewayFixture.chat("gpt-4")))
                .build(),
            BodyHandlers.ofString());
    answered.add(answer.headers().firstValue("x-request-id").orElseThrow());
    return answer.statusCode();
  }

  /** The ids in the journal file. Fails if the file is damaged. */
  private static Set<String> written(Path journal) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + journal)) {
      try (ResultSet check = connection.createStatement().executeQuery("pragma integrity_check")) {
        assertThat(check.next()).isTrue();
        assertThat(check.getString(1)).isEqualTo("ok");
      }
      Set<String> ids = new HashSet<>();
      String query =
          "select r.request_id from requests r join attempts a on a.request_id = r.request_id";
      try (ResultSet rows = connection.createStatement().executeQuery(query)) {
        while (rows.next()) {
          ids.add(rows.getString(1));
        }
      }
      return ids;
    }
  }
}
