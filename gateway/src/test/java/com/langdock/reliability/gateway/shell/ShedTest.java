package com.langdock.reliability.gateway.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.access.KeyHash;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A gateway that has too much to do refuses low priority first, and high priority last. */
class ShedTest {
  private static final String CHAT =
      "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

  private static final int MEMORY = 1 << 17; // bodies are small whatever they take of it

  private final TestGateway gateway =
      TestGateway.of(
          """
          retry: {max_attempts: 3, base_backoff: 1s, max_retry_after: 5s}
          server: {max_in_flight: 20}
          providers: [{name: openai, base_url: "http://a.test", models: [m]}]
          client_keys:
            keys:
              - {name: low, hash: "%s", priority: low}
              - {name: normal, hash: "%s"}
              - {name: high, hash: "%s", priority: high}
          """
              .formatted(hash("low"), hash("normal"), hash("high")),
          TestParts.NONE.withMemory(MEMORY));
  private final List<FakeClient> running = new ArrayList<>();

  @AfterEach
  void close() {
    running.forEach(FakeClient::leave);
    gateway.settle();
    gateway.assertNothingHeld();
    gateway.close();
  }

  private static String hash(String name) {
    return KeyHash.of("sk-lg-" + name).text();
  }

  private FakeClient ask(String key, String body) {
    FakeClient client =
        gateway
            .client()
            .write(
                FakeClient.request(body)
                    .replace("\r\n\r\n", "\r\nauthorization: Bearer sk-lg-" + key + "\r\n\r\n"));
    gateway.settle();
    return client;
  }

  /** Has requests run that no provider answers. */
  private void run(int requests) {
    gateway.provider("openai").otherwise(call -> {});
    for (int i = 0; i < requests; i++) {
      running.add(ask("high", CHAT));
    }
    gateway.provider("openai").otherwise(ProviderCall::greet);
  }

  private String refused() {
    List<String> refused = new ArrayList<>();
    for (String key : List.of("low", "normal", "high")) {
      HttpReply reply = ask(key, CHAT).reply();
      if (reply.status() != 200) {
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.body()).contains("\"code\":\"gateway_overloaded\"");
        assertThat(reply.headers()).containsEntry("retry-after", "1");
        refused.add(key);
      }
    }
    return String.join(" ", refused);
  }

  @Test
  void byRequestsInFlight() {
    assertThat(refused()).isEmpty();
    run(15);
    assertThat(refused()).isEmpty();
    run(1);
    assertThat(refused()).isEqualTo("low");
    run(3);
    assertThat(refused()).isEqualTo("low normal");
    run(1);
    assertThat(refused()).isEqualTo("low normal high");
    assertThat(gateway.counter("gateway.shed", "priority", "low")).isEqualTo(3);
    assertThat(gateway.counter("gateway.shed", "priority", "normal")).isEqualTo(2);
    assertThat(gateway.counter("gateway.shed", "priority", "high")).isEqualTo(1);
    assertThat(gateway.provider("openai").calls()).hasSize(20 + 3 + 3 + 2 + 1);

    running.forEach(FakeClient::leave);
    gateway.settle();

    assertThat(refused()).isEmpty();
  }

  @Test
  void byTheDelayOfTheEventLoop() {
    gateway.loopDelay(Duration.ofMillis(900));
    assertThat(refused()).isEmpty(); // nothing runs that could make it late
    run(1);
    gateway.loopDelay(Duration.ofMillis(159));
    assertThat(refused()).isEmpty();
    gateway.loopDelay(Duration.ofMillis(160));
    assertThat(refused()).isEqualTo("low");
    gateway.loopDelay(Duration.ofMillis(190));
    assertThat(refused()).isEqualTo("low normal");
    gateway.loopDelay(Duration.ofMillis(200));
    assertThat(refused()).isEqualTo("low normal high");
    gateway.loopDelay(Duration.ZERO);
    assertThat(refused()).isEmpty();
  }

  @Test
  void byTheMemoryOfBodies() {
    gateway.provider("openai").otherwise(call -> {});
    String large = CHAT.replace("Hi", "x".repeat(MEMORY / 16 - 100));
    for (int i = 0; i < 13; i++) { // as many as one address may have
      running.add(ask("high", large));
    }
    assertThat(gateway.memoryTaken()).isBetween(MEMORY * 4L / 5, MEMORY * 9L / 10);
    gateway.provider("openai").otherwise(ProviderCall::greet);

    assertThat(refused()).isEqualTo("low");
  }

  @Test
  void lowPriorityDoesNotWaitForATargetsPause() {
    gateway.provider("openai").next(call -> call.error(429, "retry-after: 2"));
    FakeClient high = ask("high", CHAT);

    HttpReply low = ask("low", CHAT).reply();

    assertThat(low.status()).isEqualTo(429);
    assertThat(low.headers()).containsEntry("retry-after", "2");
    assertThat(gateway.provider("openai").calls()).hasSize(1);
    gateway.advance(Duration.ofSeconds(3));
    assertThat(high.reply().status()).isEqualTo(200);
    assertThat(gateway.provider("openai").calls()).hasSize(2);
  }
}
