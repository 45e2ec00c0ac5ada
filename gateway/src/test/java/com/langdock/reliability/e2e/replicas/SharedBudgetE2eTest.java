package com.langdock.reliability.e2e.replicas;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.e2e.GatewayFixture;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A budget of several gateways. */
@Tag("e2e")
final class SharedBudgetE2eTest {
  private static final String SPENT =
      "select sum(spent) from usage where subject = 'key:service' and period = 'total'";
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
      assertThat(replicas.number(SPENT)).isEqualTo(told).isLessThanOrEqualTo(200_000_000);
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
}
