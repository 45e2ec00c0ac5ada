package com.langdock.reliability.gateway.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The array of a large body is lent: it is given back when nobody uses it any more, and exactly
 * once. What is given back is spoiled here, so that a late reader would be seen by the provider.
 */
class LargeBodyTest {
  private static final String CONFIG =
      """
      retry: {max_attempts: 3, base_backoff: 1s}
      providers:
        - {name: openai, base_url: "http://a.test", models: {m: m, n: other}, priority: 1}
        - {name: spare, type: openai, base_url: "http://b.test", models: [m], priority: 2}
      """;
  private static final String TEXT = "A large body. ".repeat(20_000);

  private final TestGateway gateway = TestGateway.of(CONFIG);
  private final FakeProvider openai = gateway.provider("openai");
  private final FakeProvider spare = gateway.provider("spare");

  @AfterEach
  void close() {
    gateway.close();
  }

  private static String chat(String fields) {
    return "{%s,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}".formatted(fields, TEXT);
  }

  @Test
  void isSentUnchangedFromOneArray() {
    String body = chat("\"model\":\"m\"");

    assertThat(gateway.client().chat(body).reply().status()).isEqualTo(200);

    assertThat(openai.lastCall().body()).isEqualTo(body);
    assertThat(gateway.arraysLent()).isOne();
    gateway.assertNothingHeld();
  }

  @Test
  void isEditedInAnotherArray() {
    FakeClient client = gateway.client().chat(chat("\"model\":\"n\",\"stream\":true"));

    assertThat(client.reply().isWhole()).isTrue();
    assertThat(openai.lastCall().body())
        .isEqualTo(
            chat("\"model\":\"other\",\"stream\":true")
                .replaceAll("}$", ",\"stream_options\":{\"include_usage\":true}}"));
    assertThat(gateway.arraysLent()).isEqualTo(2);
    gateway.assertNothingHeld();
  }

  @Test
  void isSentAgainInRetriesAndFailover() {
    String body = chat("\"model\":\"m\"");
    openai.nextConnect(FakeProvider.Connecting.REFUSED);
    openai.otherwise(call -> call.error(500));
    FakeClient client = gateway.client().chat(body);
    gateway.advance(Duration.ofSeconds(10));

    assertThat(client.reply().status()).isEqualTo(200);
    assertThat(openai.lastCall().body()).isEqualTo(body);
    assertThat(spare.lastCall().body()).isEqualTo(body);
    assertThat(gateway.arraysLent()).isOne();
    gateway.assertNothingHeld();
  }

  @Test
  void isKeptByAWorkerWhoseClientHasLeft() {
    gateway.workers().hold();
    FakeClient client = gateway.client().chat(chat("\"model\":\"m\""));
    client.leave();
    gateway.settle();
    gateway.workers().release();
    gateway.settle();

    assertThat(openai.calls()).isEmpty();
    assertThat(gateway.arraysLent()).isOne();
    gateway.assertNothingHeld();
  }

  @Test
  void isGivenBackWhenTheClientLeavesAnAttempt() {
    openai.otherwise(call -> {});
    FakeClient client = gateway.client().chat(chat("\"model\":\"n\""));
    assertThat(openai.calls()).hasSize(1);
    client.leave();
    gateway.settle();

    assertThat(openai.lastCall().isClosed()).isTrue();
    gateway.assertNothingHeld();
  }

  @Test
  void isGivenBackWhenTheClientLeavesBeforeThereIsAConnection() {
    openai.nextConnect(FakeProvider.Connecting.SILENT);
    FakeClient client = gateway.client().chat(chat("\"model\":\"m\""));
    client.leave();
    gateway.settle();

    assertThat(openai.calls()).isEmpty();
    assertThat(gateway.arraysLent()).isOne();
    gateway.assertNothingHeld();
  }

  @Test
  void isGivenBackAfterARefusal() {
    assertThat(gateway.client().chat(chat("\"model\":\"m\",\"n\":\"x\"")).reply().status())
        .isEqualTo(400);
    assertThat(gateway.client().chat(TEXT).reply().status()).isEqualTo(400);
    assertThat(gateway.client().chat(chat("\"model\":\"unknown\"")).reply().status())
        .isEqualTo(404);

    assertThat(gateway.arraysLent()).isEqualTo(3);
    gateway.assertNothingHeld();
  }

  @Test
  void isRefusedWhereTheArrayDoesNotFitIntoMemory() {
    String body = chat("\"model\":\"m\"");
    try (TestGateway small =
        TestGateway.of(CONFIG, TestParts.NONE.withMemory((long) body.length() * 16 / 9 + 50))) {
      assertThat(small.client().chat(body).reply().status()).isEqualTo(503);
      assertThat(small.arraysLent()).isOne();
      small.assertNothingHeld();
    }
  }
}
