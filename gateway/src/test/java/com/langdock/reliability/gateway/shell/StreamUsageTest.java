package com.langdock.reliability.gateway.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.quota.Period;
import com.langdock.reliability.core.quota.Subject;
import com.langdock.reliability.core.quota.UsageTotal.Sums;
import java.time.Duration;
import java.time.LocalDate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * What streams use of a budget, however they end: the provider's own figures, or the estimate; and
 * nothing is held after them.
 */
class StreamUsageTest {
  private static final String STREAM =
      "{\"stream\":true,\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
  private static final String TOOL_CALL =
      """
      {"id":"c","object":"chat.completion.chunk","model":"m","choices":[{"index":0,"delta":\
      {"tool_calls":[{"index":0,"id":"t","type":"function","function":\
      {"name":"look_up","arguments":"{\\"word\\":\\"gateway\\"}"}}]},"finish_reason":null}]}\
      """;
  private static final long INPUT_PRICE = 1_000;
  private static final long OUTPUT_PRICE = 10_000;

  private final TestGateway gateway =
      TestGateway.of(
          """
          retry: {max_attempts: 3, base_backoff: 1s}
          timeout: {read: 5s, first_token: 2s, total: 12s, stream_total: 60s}
          models: {m: {price: {input: 1, cached_input: 1, output: 10}}}
          limits: {all: {concurrent: 1, budget: {total: 1}}}
          providers:
            - {name: openai, base_url: "http://a.test", models: [m], priority: 1}
            - {name: spare, type: openai, base_url: "http://b.test", models: [m], priority: 2}
          """);

  @AfterEach
  void nothingIsHeld() {
    gateway.assertNothingHeld();
    gateway.close();
  }

  private FakeProvider openai() {
    return gateway.provider("openai");
  }

  private FakeProvider spare() {
    return gateway.provider("spare");
  }

  private FakeClient ask() {
    FakeClient client = gateway.client().chat(STREAM);
    gateway.settle();
    return client;
  }

  private Sums spent() {
    Period.Dates today = Period.Dates.of(LocalDate.EPOCH);
    return gateway.quotas().usage(Subject.ALL, Period.TOTAL, today).sums();
  }

  private static String usage(long input, long output) {
    return """
    {"id":"c","object":"chat.completion.chunk","model":"m","choices":[],\
    "usage":{"prompt_tokens":%d,"completion_tokens":%d,"total_tokens":%d}}\
    """
        .formatted(input, output, input + output);
  }

  private void assertSpent(long input, long output) {
    long cost = input * INPUT_PRICE + output * OUTPUT_PRICE;
    assertThat(spent()).isEqualTo(new Sums(1, input, 0, output, cost));
  }

  /** Fails unless an estimate was charged with so many tokens of output. */
  private void assertEstimated(long leastOutput, long mostOutput) {
    Sums sums = spent();
    assertThat(sums.requests()).isEqualTo(1);
    assertThat(sums.inputTokens()).isBetween(1L, 100L);
    assertThat(sums.outputTokens()).isBetween(leastOutput, mostOutput);
    assertThat(sums.nanodollars())
        .isEqualTo(sums.inputTokens() * INPUT_PRICE + sums.outputTokens() * OUTPUT_PRICE);
  }

  @Nested
  class ThatEnd {
    @Test
    void useWhatTheProviderSays() {
      openai().next(call -> call.beginStream().text("Hello").event(usage(11, 7)).finish());
      assertThat(ask().reply().body()).endsWith("data: [DONE]\n\n");
      assertSpent(11, 7);
    }

    @Test
    void useTheEstimateWhereItSaysNothing() {
      openai().next(call -> call.beginStream().text("x".repeat(400)).finish());
      assertThat(ask().reply().body()).endsWith("data: [DONE]\n\n");
      assertEstimated(40, 110);
    }

    @Test
    void withAToolCallUseWhatTheProviderSays() {
      openai().next(call -> call.beginStream().event(TOOL_CALL).event(usage(20, 9)).finish());
      assertThat(ask().raw()).contains("look_up");
      assertSpent(20, 9);
    }
  }

  @Nested
  class ThatBreak {
    @Test
    void useTheEstimateOfWhatCameWhereNobodyGoesOn() {
      openai().otherwise(call -> call.beginStream().text("x".repeat(400)).reset());
      spare().otherwise(call -> call.error(400));
      FakeClient client = ask();
      gateway.advance(Duration.ofSeconds(20));
      assertThat(client.raw()).contains("\"error\"").doesNotContain("[DONE]");
      int attempts = openai().calls().size();
      assertEstimated(100L * attempts, 101L * attempts);
    }

    @Test
    void inTheMiddleOfAToolCallUseTheEstimate() {
      openai().otherwise(call -> call.beginStream().event(TOOL_CALL).reset());
      spare().otherwise(call -> call.error(400));
      FakeClient client = ask();
      gateway.advance(Duration.ofSeconds(20));
      assertThat(client.raw()).doesNotContain("[DONE]");
      assertEstimated(1, 30);
    }

    @Test
    void useBothAttemptsWhereAnotherTargetGoesOn() {
      openai().next(call -> call.beginStream().text("x".repeat(400)).reset());
      spare().next(call -> call.beginStream().text("y").event(usage(50, 1)).finish());
      FakeClient client = ask();
      gateway.advance(Duration.ofSeconds(3));
      assertThat(client.raw()).endsWith("0\r\n\r\n").contains("[DONE]");
      Sums sums = spent();
      assertThat(sums.requests()).isEqualTo(1);
      assertThat(sums.outputTokens()).isBetween(101L, 110L);
      assertThat(sums.inputTokens()).isGreaterThan(50);
      assertThat(sums.nanodollars())
          .isEqualTo(sums.inputTokens() * INPUT_PRICE + sums.outputTokens() * OUTPUT_PRICE);
    }

    @Test
    void beforeTheirFirstContentCountBesideTheOneThatAnswers() {
      openai()
          .otherwise(call -> call.beginStream().event("{\"error\":{\"message\":\"overloaded\"}}"));
      spare().next(call -> call.beginStream().text("Hello").event(usage(11, 7)).finish());
      FakeClient client = ask();
      gateway.advance(Duration.ofSeconds(10));
      assertThat(client.raw()).contains("Hello").contains("[DONE]");
      assertThat(spent().requests()).isEqualTo(1);
      assertThat(spent().outputTokens())
          .isBetween(7L, 7L + openai().calls().size()); // at most one each
    }
  }

  @Nested
  class WhoseClientLeaves {
    @Test
    void beforeTheProvidersHeadUseNothing() {
      openai().next(call -> {});
      ask().leave();
      gateway.settle();
      assertSpent(0, 0);
    }

    @Test
    void beforeTheFirstContentUseTheInputAndOneToken() {
      openai().next(ProviderCall::beginStream);
      ask().leave();
      gateway.settle();
      assertEstimated(1, 1);
    }

    @Test
    void inTheMiddleUseWhatCame() {
      openai().next(call -> call.beginStream().text("x".repeat(400)));
      FakeClient client = ask();
      assertThat(client.raw()).contains("xxxx");
      client.leave();
      gateway.settle();
      assertEstimated(100, 101);
      assertThat(openai().lastCall().isClosed()).isTrue();
    }

    @Test
    void afterTheProvidersFiguresUseThose() {
      openai().next(call -> call.beginStream().text("Hello").event(usage(11, 7)));
      ask().leave();
      gateway.settle();
      assertSpent(11, 7);
    }
  }

  @Test
  void oneSlotIsFreeAfterEachEnd() {
    for (int i = 0; i < 20; i++) {
      int way = i % 4;
      openai()
          .next(call -> {
            switch (way) {
              case 0 -> call.stream("Hello");
              case 1 -> call.beginStream().text("Hello").reset();
              case 2 -> call.error(500);
              default -> call.beginStream();
            }
          });
      spare().next(call -> call.stream("Hello"));
      FakeClient client = ask();
      assertThat(client.raw()).doesNotContain("rate_limit_exceeded");
      client.leave();
      gateway.advance(Duration.ofSeconds(3));
    }
    assertThat(spent().requests()).isEqualTo(20);
  }
}
