package com.langdock.reliability.e2e.replicas;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.e2e.GatewayFixture;
import com.langdock.reliability.e2e.journal.GatewayProcess;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A budget of several gateways. */
@Tag("e2e")
final class SharedBudgetE2eTest {
  private static final String SPENT =
      "select sum(spent) from usage where subject = 'key:service' and period = 'total'";
  private static final String KEY = "subject = 'key:service' and period = 'total'";
  private static final String CHAT = GatewayFixture.chat("gpt-4");

  private static long cost(HttpResponse<String> answer) {
    String cost = answer.headers().firstValue("x-cost-usd").orElse("0");
    return new BigDecimal(cost).movePointRight(9).longValueExact();
  }

  @Test
  void manyAtOnceOnTheLastDollarPassItByNothingAndAllSumsAreEqual() throws Exception {
    try (Replicas replicas = Replicas.start(3, "outage_share: 0", "budget: {total: 0.2}")) {
      List<CompletableFuture<HttpResponse<String>>> all = new ArrayList<>();
      for (int i = 0; i < 256; i++) {
        all.add(replicas.asking(i % 3, CHAT));
      }
      List<HttpResponse<String>> answers = all.stream().map(CompletableFuture::join).toList();
      List<HttpResponse<String>> good =
          answers.stream().filter(answer -> answer.statusCode() == 200).toList();
      assertThat(answers)
          .as("503 is for draws that were late on a machine under load")
          .allMatch(answer -> List.of(200, 429, 503).contains(answer.statusCode()));
      assertThat(good).hasSizeBetween(1, 255);
      assertThat(replicas.provider.requests()).hasSize(good.size());
      long told = good.stream().mapToLong(SharedBudgetE2eTest::cost).sum();
      Replicas.await("all is counted", () -> replicas.number(SPENT) == told);
      assertThat(told).isLessThanOrEqualTo(200_000_000);
      assertThat(replicas.number("select sum(cost_picodollars) / 1000 from requests"))
          .isEqualTo(told);
      assertThat(replicas.number("select count(*) from requests where outcome = 'success'"))
          .isEqualTo(good.size());
      for (int i = 0; i < 3; i++) {
        assertThat(replicas.metric(i, "gateway_draws_total", "answered")).isPositive();
        assertThat(replicas.metric(i, "gateway_reservations", "")).isZero();
      }
    }
  }

  private static long askUntilRefused(Replicas replicas, int index, int most) {
    long answered = 0;
    int status = 200;
    while (status == 200 && answered < most) {
      status = replicas.ask(index).statusCode();
      answered += status == 200 ? 1 : 0;
    }
    return answered;
  }

  @Test
  void theOthersGetWhatAKilledGatewayHadDrawnAndNotUsed(@TempDir Path folder) throws Exception {
    String limits = "quota: {total: {requests: 60}}";
    try (Replicas replicas = Replicas.start(1, "lease: 6s", limits);
        GatewayProcess killed =
            GatewayProcess.start(
                folder,
                replicas
                    .config(replicas.databasePort(), "lease: 6s", limits)
                    .replace("log_level: error", "log_level: info"),
                Map.of())) {
      killed.awaitJournal("open");
      long answered = 0;
      for (int i = 0; i < 20; i++) {
        answered += replicas.post(killed.port("data"), CHAT).join().statusCode() == 200 ? 1 : 0;
      }
      assertThat(answered).isEqualTo(20);
      Replicas.await("two live", () -> replicas.metric(0, "gateway_replicas", "") == 2);
      killed.kill();
      long had =
          replicas.number(
              "select max(coalesce(ceiling_requests, 0) - requests) from usage where replica in"
                  + " (select replica from usage where requests = 20) and "
                  + KEY);
      assertThat(had).as("it had drawn ahead").isPositive();
      long first = askUntilRefused(replicas, 0, 100);
      assertThat(first).isBetween(1L, 40L - 1);
      long[] later = {0};
      Replicas.await(
          "its lease has ended",
          () -> {
            later[0] += askUntilRefused(replicas, 0, 100);
            return first + later[0] == 40;
          });
      assertThat(replicas.ask(0).statusCode()).isEqualTo(429);
      assertThat(replicas.provider.requests()).hasSize(60);
      assertThat(replicas.number("select sum(requests) from usage where " + KEY)).isEqualTo(60);
      Replicas.await("one lives", () -> replicas.metric(0, "gateway_replicas", "") == 1);
    }
  }

  @Test
  void aGatewayThatStopsGivesBackWhatItHadAtOnce() throws Exception {
    try (Replicas replicas = Replicas.start(2, "lease: 60s", "quota: {total: {requests: 40}}")) {
      long answered = 0;
      for (int i = 0; i < 12; i++) {
        answered += replicas.ask(0).statusCode() == 200 ? 1 : 0;
      }
      Replicas.await(
          "both live",
          () -> replicas.manage(1, "/api/replicas").split("\"alive\":true").length == 3);
      replicas.drain(0);
      answered += askUntilRefused(replicas, 1, 100);
      for (int i = 0; i < 300 && answered < 40; i++) {
        Thread.sleep(20);
        answered += askUntilRefused(replicas, 1, 100);
      }
      assertThat(answered).isEqualTo(40);
      assertThat(replicas.provider.requests()).hasSize(40);
      assertThat(replicas.manage(1, "/api/replicas"))
          .contains("\"alive\":true", "\"alive\":false", "\"config_version\":0");
    }
  }
}
