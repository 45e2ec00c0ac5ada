package com.langdock.reliability.e2e.limits;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.e2e.GatewayFixture;
import com.langdock.reliability.e2e.journal.GatewayProcess;
import com.langdock.reliability.mock.MockProvider;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was used is exact after a process was killed at random moments. */
@Tag("e2e")
final class KilledUsageE2eTest {
  private static final int ROUNDS = Integer.getInteger("kill.rounds", 2);
  private static final int CLIENTS = 8;
  private static final int BURST = 100_000;

  private final AtomicLong answers = new AtomicLong();
  private final AtomicLong nanodollars = new AtomicLong();

  private static String config(MockProvider provider, Path file) {
    return "server: {host: 127.0.0.1, port: 0}\n"
        + "observability: {metrics_port: 0, log_level: info}\n"
        + "store: {url: 'sqlite:"
        + file
        + "'}\n"
        + "journal: {durability: sync}\n"
        + "models: {gpt-4: {price: {input: 3, cached_input: 3, output: 7}}}\n"
        + "limits: {all: {requests_per_minute: {per_minute: 100, burst: "
        + BURST
        + "},"
        + " budget: {total: 1000000}}}\n"
        + "providers: [{name: openai, base_url: '%s', api_key: k, models: [gpt-4]}]\n"
            .formatted(provider.url());
  }

  @Test
  void everyAnswerThatWasReceivedIsCountedUnderSync(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("gateway.db");
    SplittableRandom random = new SplittableRandom(20);
    try (MockProvider provider = MockProvider.openAi()) {
      for (int round = 1; round <= ROUNDS; round++) {
        try (GatewayProcess gateway =
            GatewayProcess.start(folder, config(provider, file), Map.of())) {
          gateway.awaitJournal("open");
          killWhileItAnswers(gateway, random.nextInt(100, 900));
        }
        long mayBeLost = (long) round * CLIENTS; // Answered, and the client was cut off.
        long counted = number(file, "select sum(requests) from usage where " + ALL);
        assertThat(counted).isBetween(answers.get(), answers.get() + mayBeLost);
        long spent = number(file, "select sum(spent) from usage where " + ALL);
        long each = nanodollars.get() / Math.max(1, answers.get());
        assertThat(spent).isBetween(nanodollars.get(), nanodollars.get() + mayBeLost * each);
        assertThat(number(file, "select sum(cost_picodollars) / 1000 from requests"))
            .isLessThanOrEqualTo(spent);
      }
      try (GatewayProcess again = GatewayProcess.start(folder, config(provider, file), Map.of())) {
        again.awaitJournal("open");
        HttpResponse<String> answer = ask(again, HttpClient.newHttpClient());
        long left =
            Long.parseLong(
                answer.headers().firstValue("x-ratelimit-remaining-requests").orElseThrow());
        long refilled = ROUNDS * 200L; // Two minutes a round, at the most.
        assertThat(left).isLessThan(BURST).isLessThanOrEqualTo(BURST - answers.get() + refilled);
      }
    }
  }

  private static final String ALL = "subject = 'all' and period = 'total'";

  private void killWhileItAnswers(GatewayProcess gateway, int millis) throws Exception {
    try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        HttpClient client = HttpClient.newHttpClient()) {
      for (int i = 0; i < CLIENTS; i++) {
        clients.execute(() -> askUntilItDies(gateway, client));
      }
      long before = answers.get();
      for (int i = 0; i < 3_000 && answers.get() < before + CLIENTS; i++) {
        Thread.sleep(5); // Until it is warm.
      }
      Thread.sleep(millis);
      gateway.kill();
    }
  }

  private void askUntilItDies(GatewayProcess gateway, HttpClient client) {
    try {
      while (true) {
        HttpResponse<String> answer = ask(gateway, client);
        assertThat(answer.statusCode()).isEqualTo(200);
        String cost = answer.headers().firstValue("x-cost-usd").orElseThrow();
        nanodollars.addAndGet(new BigDecimal(cost).movePointRight(9).longValueExact());
        answers.incrementAndGet();
      }
    } catch (IOException | InterruptedException dead) {
      // Killed before it answered.
    }
  }

  private static HttpResponse<String> ask(GatewayProcess gateway, HttpClient client)
      throws IOException, InterruptedException {
    URI url = URI.create("http://127.0.0.1:%d/v1/chat/completions".formatted(gateway.port("data")));
    return client.send(
        HttpRequest.newBuilder(url)
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(GatewayFixture.chat("gpt-4")))
            .build(),
        BodyHandlers.ofString());
  }

  private static long number(Path file, String query) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        ResultSet row = connection.createStatement().executeQuery(query)) {
      return row.next() ? row.getLong(1) : 0;
    }
  }
}
