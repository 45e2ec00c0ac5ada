package com.langdock.reliability.gateway.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.access.KeyHash;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Responses by WebSocket, from the client's frames to the provider's bytes, and back. */
class WebSocketTest {
  private static final String CONFIG =
      """
      retry: {max_attempts: 1}
      streaming: {early_head: 2s}
      server: {max_body: 100KiB, websocket: {max_age: 10m, idle_timeout: 2m}}
      providers: [{name: a, type: openai, base_url: "http://a.test", models: [m]}]
      """;
  private static final String CREATE = "{'type':'response.create','model':'m','input':'Hi'}";

  private final TestGateway gateway = TestGateway.of(CONFIG, TestParts.NONE);

  @AfterEach
  void close() {
    gateway.close();
  }

  private FakeSocket open() {
    return FakeSocket.open(gateway);
  }

  private FakeProvider provider() {
    return gateway.provider("a");
  }

  @Test
  void answersAMessageWithTheEventsOfItsStream() {
    provider().otherwise(call -> call.stream("Hello."));
    FakeSocket socket = open().send(CREATE);

    assertThat(socket.types())
        .startsWith("response.created", "response.in_progress", "response.output_item.added")
        .endsWith("response.output_item.done", "response.completed");
    assertThat(socket.last()).contains("\"status\":\"completed\"", "Hello.");
    assertThat(provider().lastCall().body()).contains("\"stream\":true");
    assertThat(provider().lastCall().body()).doesNotContain("response.create");
    assertThat(socket.closedWith()).isEqualTo(-1);
    assertThat(gateway.metrics()).contains("gateway_websockets_open 1.0");
    socket.client().leave();
    assertThat(gateway.metrics()).contains("gateway_websockets_closed_total{reason=\"lost\"} 1.0");
    gateway.assertNothingHeld();
  }

  @Test
  void goesOnFromTheAnswerThatTheConnectionRemembers() {
    provider().otherwise(call -> call.stream("Hello."));
    FakeSocket socket = open().send(CREATE);
    String id = id(socket.last());
    provider().otherwise(call -> call.stream("Again."));
    socket.send(
        "{'type':'response.create','model':'m','store':false,'previous_response_id':'%s',"
                .formatted(id)
            + "'input':[{'role':'user','content':'And?'}]}");

    assertThat(provider().lastCall().body()).contains("Hi", "Hello.", "And?");
    assertThat(socket.last()).contains("Again.");
    socket.send(
        "{'type':'response.create','model':'m','previous_response_id':'%s','input':'x'}"
            .formatted(id));

    assertThat(socket.last())
        .contains(
            "\"type\":\"error\",\"status\":400",
            "\"code\":\"previous_response_not_found\"",
            "\"param\":\"previous_response_id\"");
    socket.client().leave();
    gateway.assertNothingHeld();
  }

  @Test
  void remembersTheInputOfARequestThatAsksNoModel() {
    FakeSocket socket = open();
    socket.send("{'type':'response.create','model':'m','input':'Be brief.','generate':false}");

    assertThat(provider().calls()).isEmpty();
    assertThat(socket.types())
        .containsExactly("response.created", "response.in_progress", "response.completed");
    assertThat(socket.last()).contains("\"output\":[]", "\"output_tokens\":0");
    socket.send(
        "{'type':'response.create','model':'m','input':[],'previous_response_id':'%s'}"
            .formatted(id(socket.last())));
    assertThat(provider().lastCall().body()).contains("Be brief.");
    assertThat(socket.types()).endsWith("response.completed");
    socket.client().leave();
    gateway.assertNothingHeld();
  }

  @Test
  void namesTheLaneInEachOfItsEvents() {
    FakeSocket socket = open();
    socket.send(CREATE.replace("'model'", "'stream_id':'main','model'"));

    assertThat(socket.messages())
        .isNotEmpty()
        .allMatch(message -> message.startsWith("{\"stream_id\":\"main\",\"type\":"));
    String first = id(socket.last());
    socket.send(CREATE.replace("'model'", "'stream_id':'other','model'"));
    socket.send(
        CREATE.replace(
            "'model'", "'stream_id':'other','previous_response_id':'%s','model'".formatted(first)));
    assertThat(socket.types()).endsWith("response.completed");
  }

  @Test
  void admitsSoManyLanes() {
    FakeSocket socket = open();
    for (int i = 0; i < 33; i++) {
      socket.send(
          "{'type':'response.create','model':'m','input':'a','generate':false,'stream_id':'s%d'}"
              .formatted(i));
    }

    assertThat(socket.last())
        .startsWith("{\"stream_id\":\"s32\"")
        .contains("websocket_stream_limit_reached");
    socket.client().leave();
    gateway.assertNothingHeld();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "nonsense | invalid_json | null",
        "[] | invalid_json | null",
        "{'model':'m','input':'a'} | missing_field | 'type'",
        "{'type':'response.cancel'} | invalid_value | 'type'",
        "{'type':'response.create','input':'a'} | missing_field | 'model'",
        "{'type':'response.create','model':'n','input':'a'} | model_not_found | 'model'",
        "{'type':'response.create','model':'m'} | missing_field | 'input'",
        "{'type':'response.create','model':'m','input':'a','generate':1} | invalid_value"
            + " | 'generate'",
        "{'type':'response.create','model':'m','input':'a','background':true} | invalid_value"
            + " | 'background'",
        "{'type':'response.create','model':'m','input':'a','stream_id':''} | invalid_stream_id"
            + " | 'stream_id'",
        "{'type':'response.create','model':'m','input':'a','previous_response_id':'resp_gw1'}"
            + " | previous_response_not_found | 'previous_response_id'",
      })
  void refusesAMessageByAnErrorAndStaysOpen(String message, String code, String param) {
    FakeSocket socket = open().send(message);

    assertThat(socket.types()).containsExactly("error");
    assertThat(socket.last())
        .startsWith("{\"type\":\"error\",\"status\":400,\"error\":{")
        .contains("\"code\":\"" + code + "\"", "\"param\":" + param.replace('\'', '"'));
    socket.send(CREATE);
    assertThat(socket.types()).endsWith("response.completed");
    socket.client().leave();
    gateway.assertNothingHeld();
  }

  @Test
  void answersWaitingMessagesInTheirOrder() {
    provider().otherwise(call -> {});
    FakeSocket socket = open().send(CREATE);
    for (int i = 0; i < 17; i++) {
      socket.send(CREATE.replace("Hi", "waits " + i));
    }

    assertThat(provider().calls()).hasSize(1);
    assertThat(socket.types()).containsExactly("error");
    assertThat(socket.last()).contains("\"status\":429", "websocket_queue_full");
    provider().otherwise(call -> call.stream("Done."));
    provider().lastCall().stream("First.");
    gateway.settle();

    assertThat(provider().calls()).hasSize(17);
    assertThat(provider().lastCall().body()).contains("waits 15");
    assertThat(socket.types().stream().filter("response.completed"::equals)).hasSize(17);
    socket.client().leave();
    gateway.assertNothingHeld();
  }

  @Test
  void tellsThatAProviderFailed() {
    provider().otherwise(call -> call.error(429, "retry-after: 7"));
    FakeSocket socket = open().send(CREATE);

    assertThat(socket.last())
        .startsWith("{\"type\":\"error\",\"status\":429,")
        .contains("\"code\":\"rate_limit_exceeded\"", "\"retry-after\":\"7\"", "\"attempts\":[{");
    socket.client().leave();
    gateway.assertNothingHeld();
  }

  @Test
  void endsAStreamThatBreaksInAnErrorAndAFailedResponse() {
    provider().otherwise(call -> call.beginStream().text("Hel"));
    FakeSocket socket = open().send(CREATE);
    provider().lastCall().reset();
    gateway.settle();

    assertThat(socket.types()).endsWith("error", "response.failed");
    provider().otherwise(ProviderCall::greet);
    socket.send(CREATE);
    assertThat(socket.types()).endsWith("response.completed");
  }

  @Test
  void pingsWhileAModelIsSilent() {
    provider().otherwise(call -> {});
    FakeSocket socket = open().send(CREATE);
    gateway.advance(Duration.ofSeconds(29));

    assertThat(socket.frames()).anyMatch(frame -> frame.opcode() == FakeSocket.PING);
    assertThat(socket.messages()).isEmpty();
  }

  @Nested
  class ClientKeys {
    private static final String SECRET = "gk-one";

    private String keys(String secret, String rights) {
      return CONFIG
          + "client_keys: {keys: [{name: one, hash: '"
          + KeyHash.of(secret).text()
          + "', "
          + rights
          + "}]}\n";
    }

    private FakeSocket openWith(String secret) {
      return FakeSocket.open(keyed, "authorization: Bearer " + secret);
    }

    private final TestGateway keyed =
        TestGateway.of(keys(SECRET, "limits: {requests_per_minute: 3}"));

    @AfterEach
    void closeIt() {
      keyed.close();
    }

    @Test
    void areAskedForAtTheHandshake() {
      assertThat(openWith("gk-wrong").client().reply().status()).isEqualTo(401);
    }

    @Test
    void areCheckedForEachRequest() {
      FakeSocket socket = openWith(SECRET).send(CREATE);
      assertThat(socket.types()).endsWith("response.completed");
      keyed.use(keys("gk-other", "models: [m]"));
      socket.send(CREATE);

      assertThat(socket.last()).contains("\"status\":401", "\"type\":\"authentication_error\"");
      assertThat(socket.closedWith()).isEqualTo(1008);
      keyed.assertNothingHeld();
    }

    @Test
    void haveTheRightsOfNow() {
      FakeSocket socket = openWith(SECRET);
      keyed.use(keys(SECRET, "models: [other]"));
      socket.send(CREATE);
      assertThat(socket.last()).contains("\"type\":\"error\"");
      assertThat(keyed.provider("a").calls()).isEmpty();
      keyed.use(keys(SECRET, "endpoints: [chat]"));
      socket.send(CREATE);
      assertThat(socket.last()).contains("\"status\":403");
      assertThat(socket.closedWith()).isEqualTo(-1);
    }

    @Test
    void haveTheirLimits() {
      FakeSocket socket = openWith(SECRET).send(CREATE).send(CREATE).send(CREATE).send(CREATE);

      assertThat(keyed.provider("a").calls()).hasSize(3);
      assertThat(socket.last())
          .contains("\"status\":429", "\"of\":\"key\"", "\"retry-after\":\"20\"");
      assertThat(socket.closedWith()).isEqualTo(-1);
      socket.client().leave();
      keyed.assertNothingHeld();
    }
  }

  @Test
  void usesTheSetupOfEachMessage() {
    FakeSocket socket = open().send(CREATE);
    gateway.use(CONFIG.replace("[m]", "[n]"));
    socket.send(CREATE);
    assertThat(socket.last()).contains("model_not_found");
    socket.send(CREATE.replace("'m'", "'n'"));
    assertThat(socket.types()).endsWith("response.completed");

    gateway.use(CONFIG.replace("max_age: 10m", "enabled: false"));
    socket.send(CREATE);
    assertThat(socket.last()).contains("\"status\":426");
    assertThat(socket.closedWith()).isEqualTo(1008);
  }

  @Test
  void forgetsAnAnswerThatMemoryHasNoRoomFor() {
    TestGateway small = TestGateway.of(CONFIG, TestParts.NONE.withMemory(24_000));
    FakeSocket socket = FakeSocket.open(small).send(CREATE.replace("Hi", "Hi".repeat(4_000)));
    String id = id(socket.last());
    socket.send(
        "{'type':'response.create','model':'m','input':'x','previous_response_id':'%s'}"
            .formatted(id));

    assertThat(socket.last()).contains("previous_response_not_found");
    socket.client().leave();
    small.assertNothingHeld();
    small.close();
  }

  private static String id(String completed) {
    return completed.replaceAll("^.*?\"response\":\\{\"id\":\"([^\"]+)\".*$", "$1");
  }
}
