package com.langdock.reliability.e2e.limits;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.access.KeyHash;
import com.langdock.reliability.e2e.GatewayFixture;
import com.langdock.reliability.e2e.Reply;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What clients, providers, metrics and the store see of limits. */
@Tag("e2e")
class LimitsE2eTest {
  private static final String KEY = "sk-lg-the-key-of-a-service";
  private static final String CHAT = GatewayFixture.chat("gpt-4");

  private static String settings(Path file, String keyLimits) {
    return GatewayFixture.SHORT_TIMES
        + GatewayFixture.journal(file, ", durability: sync")
        + "management: {open_metrics: true}\n"
        + "models: {gpt-4: {price: {input: 3, cached_input: 3, output: 7}}}\n"
        + "teams: [{name: search}]\n"
        + "client_keys: {keys: [{name: service, team: search, hash: '%s', %s}]}\n"
            .formatted(KeyHash.of(KEY).text(), keyLimits);
  }

  private static Reply ask(GatewayFixture fixture) {
    return fixture.ask(CHAT, "authorization", "Bearer " + KEY);
  }

  @Test
  void whatIsUsedIsTheSameInAnswersJournalUsageAndBudgetAndOutlivesTheProcess() throws Exception {
    Path file = GatewayFixture.journalFile();
    long asked = 0;
    try (GatewayFixture fixture = GatewayFixture.open(settings(file, "budget: {total: 1000}"))) {
      awaitStore(fixture);
      BigDecimal told = BigDecimal.ZERO;
      for (int i = 0; i < 5; i++) {
        Reply reply = ask(fixture).isAnsweredBy("openai");
        told = told.add(new BigDecimal(reply.header("x-cost-usd")));
        asked++;
      }
      assertThat(nanodollars(file, "select sum(cost_picodollars) / 1000 from requests"))
          .isEqualTo(told.movePointRight(9).longValueExact())
          .isPositive();
      assertThat(spent(file, "key:service", "total"))
          .isEqualTo(told.movePointRight(9).longValueExact());
      JsonNode usage =
          fixture.manage("/api/usage?by=key,team,model,provider").json().at("/usage/0");
      assertThat(usage.path("key").asString("")).isEqualTo("key:service");
      assertThat(usage.path("team").asString("")).isEqualTo("search");
      assertThat(usage.path("requests").asLong()).isEqualTo(asked);
      assertThat(usage.path("cost_usd").decimalValue()).isEqualByComparingTo(told);
      assertThat(csv(fixture))
          .startsWith("team,requests,input_tokens,cached_input_tokens,output_tokens,cost_usd\r\n")
          .contains("\"search\",5,");
      assertThat(fixture.manage("/api/usage?by=nothing").status()).isEqualTo(400);
    }
    String spent = Long.toString(spent(file, "key:service", "total"));
    String limit = new BigDecimal(spent).movePointLeft(9).toPlainString();
    try (GatewayFixture again =
        GatewayFixture.open(settings(file, "budget: {total: " + limit + "}"))) {
      awaitStore(again);
      ask(again).isError(429, "insufficient_quota");
      assertThat(again.openai.requests()).isEmpty();
      JsonNode left = again.manage("/api/limits?subject=key:service").json().at("/limits/0");
      assertThat(left.path("kind").asString("")).isEqualTo("budget_total");
      assertThat(left.path("remaining").decimalValue()).isEqualByComparingTo(BigDecimal.ZERO);
      assertThat(
              again.metric(
                  "gateway_limit_refused_total",
                  Map.of("of", "key", "kind", "budget_total", "priority", "normal")))
          .isEqualTo(1);
    }
  }

  @Test
  void manyAtOnceOnTheLastDollarPassItByNothing() throws Exception {
    Path file = GatewayFixture.journalFile();
    try (GatewayFixture fixture = GatewayFixture.open(settings(file, "budget: {total: 0.05}"))) {
      awaitStore(fixture);
      List<CompletableFuture<HttpResponse<String>>> all =
          IntStream.range(0, 64)
              .mapToObj(i -> fixture.asking(CHAT, "authorization", "Bearer " + KEY))
              .toList();
      long answered =
          all.stream().map(CompletableFuture::join).filter(r -> r.statusCode() == 200).count();
      assertThat(answered).isBetween(1L, 63L);
      assertThat(fixture.openai.requests()).hasSize((int) answered);
      assertThat(spent(file, "key:service", "total")).isPositive().isLessThanOrEqualTo(50_000_000);
      assertThat(fixture.metric("gateway_reservations", Map.of())).isZero();
      assertThat(fixture.metric("gateway_overshoot_dollars_total", Map.of())).isZero();
      assertThat(fixture.metric("gateway_reservations_lost_total", Map.of())).isZero();
    }
  }

  @Test
  void withoutTheJournalUsageIsKept() throws Exception {
    Path file = GatewayFixture.journalFile();
    try (GatewayFixture fixture =
        GatewayFixture.open(
            settings(file, "quota: {day: {requests: 3}}")
                .replace(", durability: sync", ", durability: sync, keep: false"))) {
      awaitStore(fixture);
      for (int i = 0; i < 3; i++) {
        ask(fixture).isAnsweredBy("openai");
      }
      Reply refused = ask(fixture).isError(429, "insufficient_quota");
      assertThat(refused.header("x-should-retry")).isEqualTo("false");
      assertThat(Long.parseLong(refused.header("retry-after"))).isBetween(1L, 86_400L);
      assertThat(nanodollars(file, "select count(*) from requests")).isZero();
      assertThat(
              nanodollars(
                  file,
                  "select requests from usage where subject = 'team:search'"
                      + " and period = 'total'"))
          .isEqualTo(3);
    }
  }

  private static String csv(GatewayFixture fixture) {
    URI url =
        URI.create(
            "http://127.0.0.1:%d/api/usage?by=team&format=csv"
                .formatted(fixture.gateway.managementPort()));
    return fixture.send(HttpRequest.newBuilder(url).build()).body();
  }

  private static void awaitStore(GatewayFixture fixture) throws InterruptedException {
    for (int i = 0; i < 200; i++) {
      if (fixture.manage("/health/ready").response().body().contains("\"journal\":\"open\"")) {
        return;
      }
      Thread.sleep(20);
    }
  }

  private static long spent(Path file, String subject, String period) throws SQLException {
    return nanodollars(
        file,
        "select sum(spent) from usage where subject = '%s' and period = '%s'"
            .formatted(subject, period));
  }

  private static long nanodollars(Path file, String query) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        ResultSet row = connection.createStatement().executeQuery(query)) {
      return row.next() ? row.getLong(1) : 0;
    }
  }
}
