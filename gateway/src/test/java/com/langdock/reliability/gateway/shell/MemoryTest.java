package com.langdock.reliability.gateway.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The memory of all requests is limited and released. */
class MemoryTest {
  private static final int MIB = 1024 * 1024;
  private static final String CONFIG =
      """
      retry: {max_attempts: 3, base_backoff: 1s}
      providers:
        - {name: openai, base_url: "http://a.test", models: [m], priority: 1}
        - {name: spare, type: openai, base_url: "http://b.test", models: [m], priority: 2}
      """;
  private static final String CHAT =
      "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

  private static final int CLIENTS = 8;
  private static final int PIECES = 16;
  private static final String PIECE = "x".repeat(MIB / PIECES);
  private static final String ANSWER_START =
      "{\"id\":\"c1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\",\"choices\":"
          + "[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"";
  private static final String ANSWER_END = "\"},\"finish_reason\":\"stop\"}]}";

  /**
   * All clients share one address, which may hold 9 MiB of this: four answers of 1 MiB, held twice.
   */
  private static final long CAPACITY = 16 * MIB;

  private static final long OF_ONE_ADDRESS = 9 * MIB;

  private final TestGateway gateway = TestGateway.of(CONFIG, TestParts.NONE.withMemory(CAPACITY));
  private final FakeProvider openai = gateway.provider("openai");
  private final FakeProvider spare = gateway.provider("spare");

  @AfterEach
  void close() {
    gateway.close();
  }

  private static void begin(ProviderCall call) {
    int length = ANSWER_START.length() + PIECES * PIECE.length() + ANSWER_END.length();
    call.send(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: "
            + length
            + "\r\n\r\n"
            + ANSWER_START);
  }

  private static List<FakeClient> with(int status, List<FakeClient> clients) {
    return clients.stream().filter(client -> client.reply().status() == status).toList();
  }

  @Test
  void largeAnswersBeyondTheLimitAreRefused() {
    openai.otherwise(MemoryTest::begin);
    List<FakeClient> clients =
        Stream.generate(() -> gateway.client().chat(CHAT)).limit(CLIENTS).toList();
    for (int piece = 0; piece < PIECES; piece++) {
      for (ProviderCall call : openai.calls()) {
        call.send(PIECE);
        gateway.settle();
        assertThat(gateway.memoryTaken()).isLessThanOrEqualTo(OF_ONE_ADDRESS);
      }
    }
    openai.calls().forEach(call -> call.sendLast(ANSWER_END));
    gateway.settle();

    assertThat(with(200, clients)).hasSize(4);
    for (FakeClient client : with(200, clients)) {
      assertThat(client.reply().isWhole()).isTrue();
      assertThat(client.reply().body()).contains(PIECE.repeat(PIECES));
    }
    assertThat(with(503, clients)).hasSize(4);
    for (FakeClient client : with(503, clients)) {
      assertThat(client.reply().body()).contains("\"code\":\"gateway_overloaded\"");
      assertThat(client.reply().headers()).containsEntry("retry-after", "1");
    }
    assertThat(spare.calls()).as("its answer would not fit either").isEmpty();
    gateway.assertNothingHeld();
  }

  @Test
  void largeAnswersHoldMemoryUntilTheirClientsHaveReadThem() {
    openai.otherwise(call -> call.answer("x".repeat(MIB)));
    List<FakeClient> slow = Stream.generate(gateway::client).limit(CLIENTS).toList();
    slow.forEach(FakeClient::stopReading);

    slow.forEach(client -> client.chat(CHAT));

    assertThat(gateway.memoryTaken()).isBetween(8L * MIB, OF_ONE_ADDRESS);
    assertThat(gateway.client().chat(CHAT).reply().status()).isEqualTo(503);
    slow.forEach(FakeClient::readOn);
    assertThat(with(200, slow)).hasSize(4);
    assertThat(with(503, slow)).hasSize(4);
    assertThat(gateway.client().chat(CHAT).reply().status()).isEqualTo(200);
    gateway.assertNothingHeld();
  }

  @Test
  void aSlowBodyIsRefusedAndReleasesItsMemory() {
    int begun = MIB / 4; // extends the timeout of 10 seconds by 2.6
    FakeClient client = gateway.client();
    client.write(FakeClient.request(" ".repeat(MIB)).substring(0, begun));

    for (int second = 0; second < 12; second += 3) {
      client.write(" ");
      gateway.advance(Duration.ofSeconds(3));
      assertThat(client.replies()).isEmpty();
      assertThat(gateway.memoryTaken())
          .as("with room for what follows")
          .isBetween(begun - 1_000L, 2L * begun + 1_000);
    }
    client.write(" ");
    gateway.advance(Duration.ofSeconds(3));

    assertThat(client.reply().status()).isEqualTo(408);
    assertThat(client.reply().body()).contains("\"code\":\"request_timeout\"");
    assertThat(client.reply().headers()).containsEntry("connection", "close");
    assertThat(openai.calls()).isEmpty();
    gateway.assertNothingHeld();
    gateway.advance(Duration.ofSeconds(10));
    assertThat(client.isClosed()).isTrue();
  }
}
