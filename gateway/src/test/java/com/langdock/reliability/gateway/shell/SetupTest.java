package com.langdock.reliability.gateway.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The configuration is replaced while requests run. */
class SetupTest {
  private static final String CONFIG =
      """
      server: {max_body: 2KiB}
      retry: {max_attempts: 3, base_backoff: 1s}
      timeout: {read: 5s, first_token: 2s, total: 12s}
      circuit_breaker: {threshold: 2, timeout: 60s}
      providers:
        - {name: openai, base_url: "http://a.test", api_key: "sk-1", models: [m], priority: 1}
        - {name: spare, type: openai, base_url: "http://b.test", models: [m], priority: 2}
      """;
  private static final String WITHOUT_OPENAI =
      CONFIG.replaceAll("(?m)^  - \\{name: openai.*\\n", "");
  private static final String OTHER_ADDRESS = CONFIG.replace("http://a.test", "http://c.test");
  private static final String OTHER_CREDENTIAL = CONFIG.replace("sk-1", "sk-2");
  private static final String CHAT =
      "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
  private static final String STREAM = CHAT.replace("{\"model\"", "{\"stream\":true,\"model\"");

  private final TestGateway gateway = TestGateway.of(CONFIG);
  private final FakeProvider openai = gateway.provider("openai");
  private final FakeProvider spare = gateway.provider("spare");

  @AfterEach
  void close() {
    gateway.close();
  }

  private HttpReply asked() {
    return gateway.client().chat(CHAT).reply();
  }

  private static String answeredBy(HttpReply reply) {
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return reply.headers().getOrDefault("x-provider", "");
  }

  @Nested
  class ARequestThatRuns {
    @Test
    void isRetriedAtTheProviderItBeganWith() {
      openai.next(call -> call.error(429, "retry-after: 1"));
      spare.otherwise(call -> call.error(429, "retry-after: 3"));
      FakeClient running = gateway.client().chat(CHAT);

      gateway.use(WITHOUT_OPENAI);
      gateway.advance(Duration.ofSeconds(4));

      assertThat(answeredBy(running.reply())).isEqualTo("openai");
      assertThat(openai.openConnections()).isZero();
      spare.otherwise(ProviderCall::greet);
      assertThat(answeredBy(asked())).isEqualTo("spare");
      gateway.assertNothingHeld();
    }

    @Test
    void streamsToItsEndFromAProviderThatIsGone() {
      openai.next(call -> call.beginStream().text("Hel"));
      FakeClient running = gateway.client().chat(STREAM);

      gateway.use(WITHOUT_OPENAI);
      assertThat(answeredBy(asked())).isEqualTo("spare");
      assertThat(openai.openConnections()).isEqualTo(1);
      openai.lastCall().text("lo.").finish();
      gateway.settle();

      assertThat(running.reply().body()).contains("lo.").endsWith("[DONE]\n\n");
      assertThat(openai.openConnections()).isZero();
      gateway.assertNothingHeld();
    }

    @Test
    void mayStillMoveToAProviderThatIsGone() {
      openai.next(call -> {});
      FakeClient running = gateway.client().chat(CHAT);

      gateway.use(CONFIG.replaceAll("(?m)^  - \\{name: spare.*\\n", ""));
      openai.lastCall().error(401);
      gateway.settle();

      assertThat(answeredBy(running.reply())).isEqualTo("spare");
      assertThat(spare.openConnections()).isZero();
      gateway.assertNothingHeld();
    }

    @Test
    void keepsItsDeadline() {
      openai.otherwise(call -> {});
      spare.otherwise(call -> {});
      FakeClient running = gateway.client().chat(CHAT);

      gateway.use(CONFIG.replace("total: 12s", "total: 6s"));
      FakeClient next = gateway.client().chat(CHAT);
      gateway.advance(Duration.ofSeconds(6));
      assertThat(next.reply().status()).isEqualTo(504);
      assertThat(running.replies()).isEmpty();
      gateway.advance(Duration.ofSeconds(6));

      assertThat(running.reply().status()).isEqualTo(504);
      gateway.assertNothingHeld();
    }

    @Test
    void isReadByTheFrontAndTheLimitsOfItsHead() {
      String body = CHAT.replace("Hi", "Hi".repeat(500));
      String request = FakeClient.request(body);
      FakeClient running = gateway.client().write(request.substring(0, request.length() - 1));
      gateway.settle();

      gateway.use(CONFIG.replace("2KiB", "1KiB").replace("models: [m]", "models: [n]"));
      FakeClient next = gateway.client().chat(body);
      FakeClient small = gateway.client().chat(CHAT);
      running.write("}");
      gateway.settle();

      assertThat(answeredBy(running.reply())).isEqualTo("openai");
      assertThat(next.reply().status()).isEqualTo(413);
      assertThat(small.reply().status()).isEqualTo(404);
      gateway.assertNothingHeld();
    }
  }

  @Nested
  class ATarget {
    @Test
    void keepsItsOpenCircuitWhileItIsUnchanged() {
      openCircuit();

      gateway.use(CONFIG.replace("threshold: 2", "threshold: 3"));

      assertThat(answeredBy(asked())).isEqualTo("spare");
    }

    @Test
    void keepsItsPauseWhileItIsUnchanged() {
      openai.next(call -> call.error(429, "retry-after: 30"));
      assertThat(answeredBy(asked())).isEqualTo("spare");

      gateway.use(CONFIG.replace("max_attempts: 3", "max_attempts: 2"));
      assertThat(answeredBy(asked())).isEqualTo("spare");
      gateway.advance(Duration.ofSeconds(31));

      assertThat(answeredBy(asked())).isEqualTo("openai");
    }

    @Test
    void beginsClosedAtAnotherAddress() {
      openCircuit();

      gateway.use(OTHER_ADDRESS);

      assertThat(answeredBy(asked())).isEqualTo("openai");
      assertThat(openai.lastCall().head()).contains("host: c.test");
    }

    @Test
    void beginsClosedWithAnotherCredential() {
      openCircuit();

      gateway.use(OTHER_CREDENTIAL);

      assertThat(answeredBy(asked())).isEqualTo("openai");
      assertThat(openai.lastCall().head()).contains("Bearer sk-2");
    }

    @Test
    void beginsClosedWithAnotherNameAtItsProvider() {
      openCircuit();

      gateway.use(CONFIG.replace("models: [m]", "models: {m: other}"));

      assertThat(answeredBy(asked())).isEqualTo("openai");
      assertThat(openai.lastCall().body()).contains("\"other\"");
    }

    private void openCircuit() {
      openai.next(call -> call.error(500)).next(call -> call.error(500));
      for (int request = 0; request < 2; request++) {
        FakeClient client = gateway.client().chat(CHAT);
        gateway.advance(Duration.ofSeconds(3));
        assertThat(answeredBy(client.reply())).isEqualTo("spare");
      }
      int calls = openai.calls().size();
      assertThat(answeredBy(asked())).isEqualTo("spare");
      assertThat(openai.calls()).hasSize(calls);
    }
  }

  @Nested
  class AConnection {
    @Test
    void isUsedAgainWhileItsProviderIsUnchanged() {
      asked();

      gateway.use(CONFIG.replace("max_attempts: 3", "max_attempts: 2"));
      asked();

      assertThat(openai.connections()).isEqualTo(1);
      gateway.assertNothingHeld();
    }

    @Test
    void closesAtOnceWhenItIsIdleAndItsProviderIsGone() {
      asked();
      assertThat(openai.openConnections()).isEqualTo(1);

      gateway.use(WITHOUT_OPENAI);

      assertThat(openai.openConnections()).isZero();
      gateway.assertNothingHeld();
    }

    @Test
    void closesWhenItsCallEndsAndItsProviderHasAnotherCredential() {
      openai.next(call -> {});
      FakeClient running = gateway.client().chat(CHAT);

      gateway.use(OTHER_CREDENTIAL);
      assertThat(openai.openConnections()).isEqualTo(1);
      openai.lastCall().greet();
      gateway.settle();

      assertThat(answeredBy(running.reply())).isEqualTo("openai");
      assertThat(openai.openConnections()).isZero();
      asked();
      assertThat(openai.connections()).isEqualTo(2);
      assertThat(openai.openConnections()).isEqualTo(1);
      gateway.assertNothingHeld();
    }

    @Test
    void leavesNoTimerBehindWhenItsProviderIsGone() {
      int before = gateway.loop().repeatedTimers();

      gateway.use(WITHOUT_OPENAI);

      assertThat(gateway.loop().repeatedTimers()).isEqualTo(before - 1);
    }
  }

  @Nested
  class Metrics {
    private static final String READY = "gateway_target_ready{model=\"m\",provider=\"openai\"}";
    private static final String BUDGET = "gateway_retry_budget_balance{provider=\"openai\"}";
    private static final String CIRCUIT =
        "gateway_circuit_breaker_state{breaker=\"openai\",state=\"closed\"}";
    private static final String SUCCEEDED =
        "gateway_attempts_total{model=\"m\",outcome=\"success\",provider=\"openai\"}";

    @Test
    void ofATargetThatIsGoneKeepOnlyItsCounters() {
      asked();
      assertThat(gateway.metrics()).contains(READY, BUDGET, CIRCUIT, SUCCEEDED + " 1.0\n");

      gateway.use(WITHOUT_OPENAI);

      assertThat(gateway.metrics())
          .doesNotContain(READY, BUDGET, CIRCUIT)
          .contains(SUCCEEDED + " 1.0\n")
          .contains(READY.replace("openai", "spare") + " 1.0\n");
    }

    @Test
    void ofATargetThatComesBackGoOn() {
      asked();
      gateway.use(WITHOUT_OPENAI);
      gateway.use(CONFIG);
      asked();

      assertThat(gateway.metrics()).contains(READY + " 1.0\n", SUCCEEDED + " 2.0\n");
    }

    @Test
    void ofANewTargetBeginAtZero() {
      gateway.use(CONFIG.replace("models: [m]", "models: [m, n]"));

      assertThat(gateway.metrics())
          .contains(SUCCEEDED.replace("\"m\"", "\"n\"") + " 0.0\n")
          .contains(READY.replace("\"m\"", "\"n\"") + " 1.0\n");
    }

    @Test
    void showTheTargetOfTheNewAccount() {
      openai.next(call -> call.error(429, "retry-after: 30"));
      asked();
      assertThat(gateway.metrics()).contains(READY + " 0.0\n");

      gateway.use(OTHER_CREDENTIAL);

      assertThat(gateway.metrics()).contains(READY + " 1.0\n");
    }

    @Test
    void countCostsAtThePriceThatARequestBeganWith() {
      openai.next(call -> {}).next(call -> {});
      gateway.use(CONFIG + "models: {m: {price: {input: 62500, output: 0}}}\n");
      gateway.client().chat(CHAT);

      gateway.use(CONFIG + "models: {m: {price: {input: 31250, output: 0}}}\n");
      gateway.client().chat(CHAT);
      openai.calls().forEach(ProviderCall::greet);
      gateway.settle();

      assertThat(gateway.metrics())
          .contains("gateway_cost_dollars_total{model=\"m\",provider=\"openai\"} 0.28125\n");
    }
  }

  @Test
  void aConfigurationThatNeedsARestartChangesNothing() {
    asked();
    String before = gateway.metrics();
    String refused =
        WITHOUT_OPENAI.replace("server: {", "server: {port: 9999, host: 127.0.0.1, ")
            + "journal: {url: 'sqlite:other.db'}\n";

    assertThatThrownBy(() -> gateway.use(refused))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("needs a restart: server.host, server.port, store.url");

    assertThat(gateway.metrics()).isEqualTo(before);
    assertThat(answeredBy(asked())).isEqualTo("openai");
    assertThat(openai.connections()).isEqualTo(1);
  }
}
