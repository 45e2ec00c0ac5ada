package com.langdock.reliability.gateway.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.access.KeyHash;
import com.langdock.reliability.core.quota.Period;
import com.langdock.reliability.core.quota.Subject;
import com.langdock.reliability.core.quota.UsageTotal.Sums;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Limits through the real shell: what clients and providers see, and what is counted. */
class LimitsTest {
  private static final String PROVIDERS =
      """
      retry: {max_attempts: 3, base_backoff: 1s}
      timeout: {read: 5s, first_token: 2s, total: 12s, stream_total: 60s}
      models: {m: {price: {input: 1, cached_input: 1, output: 10}, max_output_tokens: 100000}}
      providers:
        - {name: openai, base_url: "http://a.test", models: [m, free], priority: 1}
        - {name: spare, type: openai, base_url: "http://b.test", models: [m], priority: 2}
      """;
  private static final String CHAT =
      "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
  private static final String STREAM = CHAT.replace("{\"model\"", "{\"stream\":true,\"model\"");
  private static final String MESSAGE =
      "{\"model\":\"m\",\"max_tokens\":100,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

  private TestGateway gateway = TestGateway.of(PROVIDERS);

  @AfterEach
  void close() {
    gateway.close();
  }

  private void limits(String limits) {
    gateway.close();
    gateway = TestGateway.of(PROVIDERS + "limits: {" + limits + "}\n");
  }

  private FakeProvider openai() {
    return gateway.provider("openai");
  }

  private HttpReply chat(String json) {
    return gateway.client().chat(json).reply();
  }

  private Sums spent(Subject subject) {
    return gateway.quotas().usage(subject, Period.TOTAL, Period.Dates.of(LocalDate.EPOCH)).sums();
  }

  @Nested
  class Rates {
    @Test
    void areRefusedAtTheirEdgeWithTrueHeaders() {
      limits("all: {requests_per_minute: 2}");

      HttpReply first = chat(CHAT);
      HttpReply second = chat(CHAT);
      HttpReply third = chat(CHAT);

      assertThat(first.headers())
          .containsEntry("x-ratelimit-limit-requests", "2")
          .containsEntry("x-ratelimit-remaining-requests", "1")
          .containsEntry("x-ratelimit-reset-requests", "30s")
          .doesNotContainKey("x-ratelimit-limit-tokens");
      assertThat(second.headers()).containsEntry("x-ratelimit-remaining-requests", "0");
      assertThat(third.status()).isEqualTo(429);
      assertThat(third.headers())
          .containsEntry("retry-after", "30")
          .containsEntry("retry-after-ms", "30000")
          .doesNotContainKey("x-should-retry");
      assertThat(third.body())
          .contains("\"type\":\"rate_limit_error\"")
          .contains("\"code\":\"rate_limit_exceeded\"")
          .contains("\"limit\":{\"of\":\"all\",\"name\":null,\"kind\":\"requests_per_minute\"")
          .contains("\"limit\":2,\"remaining\":0,\"needed\":1,\"retry_after_ms\":30000}");
      assertThat(openai().calls()).hasSize(2);

      gateway.advance(Duration.ofMillis(29_999));
      assertThat(chat(CHAT).status()).isEqualTo(429);
      gateway.advance(Duration.ofMillis(1));
      assertThat(chat(CHAT).status()).isEqualTo(200);
      assertThat(gateway.metrics())
          .contains(
              "gateway_limit_refused_total{kind=\"requests_per_minute\",of=\"all\","
                  + "priority=\"normal\"} 2.0");
      gateway.assertNothingHeld();
    }

    @Test
    void areToldInTheFormOfTheClientsApi() {
      limits("models: {m: {tokens_per_minute: 1000}}");

      FakeClient client =
          gateway
              .client()
              .write(FakeClient.request(MESSAGE).replace("/v1/chat/completions", "/v1/messages"));
      gateway.settle();

      assertThat(client.reply().headers())
          .containsEntry("anthropic-ratelimit-tokens-limit", "1000")
          .containsKey("anthropic-ratelimit-tokens-remaining")
          .containsKey("anthropic-ratelimit-tokens-reset")
          .doesNotContainKey("x-ratelimit-limit-tokens");
    }

    @Test
    void areChargedForRequestsThatAreNotValid() {
      limits("all: {requests_per_minute: 3}");

      for (int i = 0; i < 3; i++) {
        assertThat(chat("{\"model\":\"nobody\"}").status()).isIn(400, 404);
      }

      assertThat(chat(CHAT).status()).isEqualTo(429);
      assertThat(openai().calls()).isEmpty();
    }

    @Test
    void refuseForeverWhatTheyCanNeverHold() {
      limits("all: {tokens_per_minute: 10}");

      HttpReply reply = chat(CHAT.replace("Hi", "Hi there. ".repeat(100)));

      assertThat(reply.status()).isEqualTo(429);
      assertThat(reply.headers())
          .containsEntry("x-should-retry", "false")
          .doesNotContainKey("retry-after");
    }
  }

  @Nested
  class Slots {
    @Test
    void areFreeAsSoonAsTheAnswerIsThere() {
      limits("all: {concurrent: 1}");
      openai().next(call -> {});
      FakeClient first = gateway.client().chat(CHAT);
      for (int i = 0; i < 100; i++) {
        assertThat(chat(CHAT).status()).isEqualTo(429);
      }
      assertThat(chat(CHAT).headers()).containsEntry("retry-after", "1");

      openai().lastCall().greet();
      gateway.settle();

      assertThat(first.reply().status()).isEqualTo(200);
      assertThat(chat(CHAT).status()).isEqualTo(200);
      gateway.assertNothingHeld();
    }

    @Test
    void areFreeAfterProvidersThatNeverAnswer() {
      limits("all: {concurrent: 2}");
      openai().otherwise(call -> {});
      gateway.provider("spare").otherwise(call -> {});
      for (int i = 0; i < 30; i++) {
        FakeClient one = gateway.client().chat(CHAT);
        FakeClient other = gateway.client().chat(CHAT);
        gateway.advance(Duration.ofSeconds(13));
        assertThat(one.reply().status()).isGreaterThanOrEqualTo(500);
        assertThat(other.reply().status()).isGreaterThanOrEqualTo(500);
      }
      openai().otherwise(ProviderCall::greet);
      gateway.provider("spare").otherwise(ProviderCall::greet);
      gateway.advance(Duration.ofMinutes(10));
      assertThat(chat(CHAT).status()).isEqualTo(200);
      gateway.assertNothingHeld();
    }
  }

  @Nested
  class Budgets {
    @Test
    void areSpentByWhatTheProviderSaysAndToldInTheAnswer() {
      limits("all: {budget: {total: 1}}");

      HttpReply reply = chat(CHAT);

      Sums sums = spent(Subject.ALL);
      assertThat(sums.requests()).isEqualTo(1);
      assertThat(sums.nanodollars())
          .isEqualTo(sums.inputTokens() * 1_000 + sums.outputTokens() * 10_000);
      assertThat(reply.headers().get("x-cost-usd"))
          .isEqualTo(
              BigDecimal.valueOf(sums.nanodollars(), 9).stripTrailingZeros().toPlainString());
      gateway.assertNothingHeld();
    }

    @Test
    void refuseWithoutAHintToComeBack() {
      limits("all: {budget: {total: 0.000001}}");

      HttpReply reply = chat(CHAT);

      assertThat(reply.status()).isEqualTo(429);
      assertThat(reply.headers())
          .containsEntry("x-should-retry", "false")
          .doesNotContainKey("retry-after");
      assertThat(reply.body())
          .contains("\"type\":\"insufficient_quota\"")
          .contains("\"code\":\"insufficient_quota\"")
          .contains("\"kind\":\"budget_total\",\"limit\":0.000001");
      assertThat(openai().calls()).isEmpty();
    }

    @Test
    void needAPrice() {
      limits("all: {budget: {day: 1}}");

      HttpReply reply = chat(CHAT.replace("\"m\"", "\"free\""));

      assertThat(reply.status()).isEqualTo(403);
      assertThat(reply.body()).contains("model_not_allowed").contains("no price");
    }

    @Test
    void countEveryAttemptCancelledOnesToo() {
      limits("all: {budget: {total: 1}}");
      openai().next(call -> call.beginStream().text("Hello").text(" there").reset());
      gateway.provider("spare").next(call -> call.stream("Hel", "lo."));

      FakeClient client = gateway.client().chat(STREAM);
      gateway.advance(Duration.ofSeconds(3));
      assertThat(client.reply().body()).contains("Hello");

      client.leave();
      gateway.advance(Duration.ofSeconds(20));
      assertThat(spent(Subject.ALL).nanodollars()).isPositive();
      gateway.assertNothingHeld();
    }

    @Test
    void costNothingBeforeTheProvidersHead() {
      limits("all: {budget: {total: 1}}");
      openai().next(call -> {});
      FakeClient client = gateway.client().chat(CHAT);
      client.leave();
      gateway.settle();
      assertThat(spent(Subject.ALL)).isEqualTo(new Sums(1, 0, 0, 0, 0));
      gateway.assertNothingHeld();
    }

    @Test
    void cutAStreamThatPassesThemIfConfiguredSo() {
      limits("on_exhausted: cut, all: {budget: {total: 0.01}}");
      openai().next(call -> call.beginStream().text("word ".repeat(1_000)));
      FakeClient client = gateway.client().chat(STREAM);
      gateway.settle();

      assertThat(client.raw()).contains("\"code\":\"insufficient_quota\"").doesNotContain("[DONE]");
      assertThat(openai().lastCall().isClosed()).isTrue();
      gateway.assertNothingHeld();
    }

    @Test
    void letAStreamFinishThatPassesThemOtherwise() {
      limits("all: {budget: {total: 0.01}}");
      openai().next(call -> call.stream("word ".repeat(1_000)));
      FakeClient client = gateway.client().chat(STREAM);
      gateway.settle();

      assertThat(client.reply().body()).endsWith("data: [DONE]\n\n");
      assertThat(chat(CHAT).status()).isEqualTo(429);
      assertThat(gateway.metrics()).contains("gateway_budget_alerts_total{at=\"100\"} 1.0");
      gateway.assertNothingHeld();
    }
  }

  @Nested
  class Keys {
    private static final String SECRET = "sk-lg-one";
    private static final String OTHER = "sk-lg-other";

    private HttpReply ask(String secret) {
      FakeClient client =
          gateway
              .client()
              .write(
                  FakeClient.request(CHAT)
                      .replace("\r\n\r\n", "\r\nauthorization: Bearer " + secret + "\r\n\r\n"));
      gateway.settle();
      return client.reply();
    }

    private void keys(String team, String first) {
      gateway.close();
      gateway =
          TestGateway.of(
              PROVIDERS
                  + "teams: [{name: t, "
                  + team
                  + "}]\nclient_keys: {keys: [{name: one, team: t, hash: '"
                  + KeyHash.of(SECRET).text()
                  + "', "
                  + first
                  + "}, {name: other, team: t, hash: '"
                  + KeyHash.of(OTHER).text()
                  + "'}]}\n");
    }

    @Test
    void areLimitedByThemselvesAndByTheirTeam() {
      keys("limits: {requests_per_minute: 3}", "limits: {requests_per_minute: 1}");

      assertThat(ask(SECRET).status()).isEqualTo(200);
      assertThat(ask(SECRET).body()).contains("\"of\":\"key\",\"name\":\"one\"");
      assertThat(ask(OTHER).status()).isEqualTo(200);
      assertThat(ask(OTHER).status()).isEqualTo(200);
      assertThat(ask(OTHER).body()).contains("\"of\":\"team\",\"name\":\"t\"");
      FakeClient asks =
          gateway
              .client()
              .write(
                  "GET /v1/key HTTP/1.1\r\nhost: localhost\r\nx-api-key: " + SECRET + "\r\n\r\n");
      gateway.settle();
      assertThat(asks.reply().body())
          .contains(
              "\"limits\":[{\"of\":\"key\",\"name\":\"one\",\"kind\":\"requests_per_minute\","
                  + "\"limit\":1,\"remaining\":0,\"reset_ms\":60000},");
      assertThat(spent(Subject.team("t")).requests()).isEqualTo(3);
      assertThat(spent(Subject.key("other")).requests()).isEqualTo(2);
    }

    @Test
    void haveTheirTeamsLimitsForKeysWithoutTheirOwn() {
      keys("default_key: {limits: {requests_per_minute: 1}}", "limits: {requests_per_minute: 2}");

      assertThat(ask(SECRET).status()).isEqualTo(200);
      assertThat(ask(SECRET).status()).isEqualTo(200);
      assertThat(ask(OTHER).status()).isEqualTo(200);
      assertThat(ask(OTHER).status()).isEqualTo(429);
    }

    @Test
    void ofLowPriorityLeaveAFifthOfTheTeamsFree() {
      keys("limits: {requests_per_minute: 5}", "priority: low");

      for (int i = 0; i < 4; i++) {
        assertThat(ask(SECRET).status()).isEqualTo(200);
      }
      assertThat(ask(SECRET).status()).isEqualTo(429);
      assertThat(ask(OTHER).status()).isEqualTo(200);
    }
  }

  @Test
  void aLimitThatIsLoweredWhileItRunsKeepsWhatWasUsed() {
    limits("all: {requests_per_minute: 100}");
    for (int i = 0; i < 3; i++) {
      assertThat(chat(CHAT).status()).isEqualTo(200);
    }
    gateway.use(PROVIDERS + "limits: {all: {requests_per_minute: 4}}\n");
    assertThat(chat(CHAT).headers()).containsEntry("x-ratelimit-remaining-requests", "0");
    assertThat(chat(CHAT).status()).isEqualTo(429);
    gateway.use(PROVIDERS);
    assertThat(chat(CHAT).headers()).doesNotContainKey("x-ratelimit-remaining-requests");
  }

  @Test
  void providersOwnLimitsAreNotPassedOn() {
    openai()
        .next(call ->
            call.answer(
                200,
                "{\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":\"Hi\"},"
                    + "\"finish_reason\":\"stop\"}]}",
                "x-ratelimit-remaining-requests: 7"));
    assertThat(chat(CHAT).headers()).doesNotContainKey("x-ratelimit-remaining-requests");
  }
}
