package com.langdock.reliability.e2e.responses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.langdock.reliability.e2e.GatewayFixture;
import com.langdock.reliability.mock.log.SeenRequest;
import java.net.URI;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Responses by WebSocket: what a real client, the providers and the metrics see. */
@Tag("e2e")
class WebSocketE2eTest {
  private static final String TOOL =
      ",'tools':[{'type':'function','name':'get_weather','parameters':{'type':'object',"
          + "'properties':{'city':{'type':'string'}}}}]";

  private static GatewayFixture fixture;

  @BeforeAll
  static void open() {
    fixture =
        GatewayFixture.of(
            GatewayFixture.with("circuit_breaker: {threshold: 1000, minimum_calls: 1000}"),
            opened ->
                """
                providers:
                  - {name: responses, type: openai, base_url: '%s', api_key: k,
                     formats: [responses], models: [gpt-5.2], priority: 1}
                  - {name: openai, base_url: '%s', api_key: k, models: [gpt-4], priority: 2}
                  - {name: anthropic, base_url: '%s', api_key: k,
                     models: [claude-sonnet-4-5], priority: 3}
                fallbacks:
                  gpt-5.2: [claude-sonnet-4-5]
                  gpt-4: [claude-sonnet-4-5]
                """
                    .formatted(
                        opened.responses.url(), opened.openai.url(), opened.anthropic.url()));
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  @BeforeEach
  void reset() {
    for (String provider : List.of("openai", "responses", "anthropic")) {
      fixture.provider(provider).reset();
      fixture.provider(provider).configure("{\"strict\":true}");
    }
  }

  private static URI url(GatewayFixture of) {
    return URI.create(of.url("/v1/responses").toString().replace("http:", "ws:"));
  }

  private static SocketClient connect() {
    return SocketClient.open(fixture.client, url(fixture));
  }

  private static String create(String model, String fields) {
    return "{'type':'response.create','model':'" + model + "'," + fields + "}";
  }

  private static List<SeenRequest> seen(String provider) {
    return fixture.provider(provider).requests();
  }

  private static String body(String provider) {
    return Objects.requireNonNull(seen(provider).getLast().body());
  }

  private static String id(JsonNode ended) {
    return ended.at("/response/id").asString("");
  }

  private static String text(JsonNode ended) {
    return ended.at("/response/output/0/content/0/text").asString("");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt-5.2", "gpt-4", "claude-sonnet-4-5"})
  void answersRequestsOneAfterTheOther(String model) throws Exception {
    try (SocketClient client = connect()) {
      List<JsonNode> events = client.send(create(model, "'input':'Hi'")).turn();
      assertThat(events.getFirst().path("type").asString("")).isEqualTo("response.created");
      for (int i = 0; i < events.size(); i++) {
        assertThat(events.get(i).path("sequence_number").asInt(-1)).isEqualTo(i);
      }
      assertThat(text(events.getLast())).contains("mock answer to “Hi”");
      assertThat(events.getLast().at("/response/usage/output_tokens").asInt(0)).isPositive();

      JsonNode second = client.ask(create(model, "'input':'Again'"));
      assertThat(text(second)).contains("mock answer to “Again”");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt-5.2", "gpt-4", "claude-sonnet-4-5"})
  void goesOnFromItsAnswersWithoutState(String model) throws Exception {
    try (SocketClient client = connect()) {
      String fields = "'store':false,'input':[{'role':'user','content':'%s'}]";
      JsonNode first = client.ask(create(model, fields.formatted("First")));
      JsonNode second =
          client.ask(
              create(
                  model,
                  fields.formatted("Second") + ",'previous_response_id':'" + id(first) + "'"));
      JsonNode third =
          client.ask(
              create(
                  model,
                  fields.formatted("Third") + ",'previous_response_id':'" + id(second) + "'"));

      assertThat(text(third)).contains("mock answer to “Third”");
      String provider =
          model.equals("gpt-5.2") ? "responses" : model.equals("gpt-4") ? "openai" : "anthropic";
      assertThat(body(provider))
          .containsSubsequence("First", "mock answer", "Second", "mock answer", "Third")
          .doesNotContain("previous_response_id", "response.create");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt-5.2", "gpt-4", "claude-sonnet-4-5"})
  void carriesToolsThereAndBack(String model) throws Exception {
    try (SocketClient client = connect()) {
      JsonNode asked =
          client.ask(create(model, "'store':false,'input':'Call get_weather for Paris.'" + TOOL));
      JsonNode call = asked.at("/response/output/0");
      assertThat(call.path("type").asString("")).isEqualTo("function_call");
      JsonNode answered =
          client.ask(
              create(
                  model,
                  "'store':false,'previous_response_id':'"
                      + id(asked)
                      + "','input':[{'type':'function_call_output','call_id':'"
                      + call.path("call_id").asString("")
                      + "','output':'Sunny'}]"
                      + TOOL));

      assertThat(answered.path("type").asString("")).isEqualTo("response.completed");
      assertThat(text(answered)).isNotEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt-5.2", "gpt-4"})
  void failsOverInAChain(String model) throws Exception {
    String provider = model.equals("gpt-4") ? "openai" : "responses";
    try (SocketClient client = connect()) {
      JsonNode first = client.ask(create(model, "'input':'First'"));
      fixture.provider(provider).configure("{\"server_error_probability\":1}");
      double before = fixture.attempts("anthropic", "success");
      JsonNode second =
          client.ask(create(model, "'input':'Second','previous_response_id':'" + id(first) + "'"));

      assertThat(text(second)).contains("mock answer to “Second”");
      assertThat(second.at("/response/model").asString("")).isEqualTo("claude-sonnet-4-5");
      assertThat(body("anthropic")).containsSubsequence("First", "mock answer", "Second");
      assertThat(fixture.attempts("anthropic", "success")).isEqualTo(before + 1);
      fixture.provider(provider).reset();
      JsonNode third =
          client.ask(create(model, "'input':'Third','previous_response_id':'" + id(second) + "'"));
      assertThat(body(provider)).containsSubsequence("First", "Second", "mock answer", "Third");
      assertThat(third.path("type").asString("")).isEqualTo("response.completed");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt-5.2", "gpt-4"})
  void continuesAStreamThatIsCut(String model) throws Exception {
    fixture
        .provider(model.equals("gpt-4") ? "openai" : "responses")
        .configure("{\"script\":[\"stream_cut\"]}");
    try (SocketClient client = connect()) {
      List<JsonNode> events = client.send(create(model, "'input':'Hi'")).turn();

      assertThat(text(events.getLast()))
          .startsWith("This is a mock answer to “Hi”")
          .contains("Each word of it is a chunk of its own");
      for (int i = 0; i < events.size(); i++) {
        assertThat(events.get(i).path("sequence_number").asInt(-1)).isEqualTo(i);
      }
      JsonNode next =
          client.ask(
              create(
                  model, "'input':'Next','previous_response_id':'" + id(events.getLast()) + "'"));
      assertThat(text(next)).contains("mock answer to “Next”");
    }
  }

  @Test
  void tellsErrorsAsEventsAndStaysOpen() throws Exception {
    fixture.openai.configure("{\"server_error_probability\":1}");
    fixture.anthropic.configure("{\"server_error_probability\":1}");
    try (SocketClient client = connect()) {
      JsonNode error = client.ask(create("gpt-4", "'input':'Hi'"));
      assertThat(error.path("type").asString("")).isEqualTo("error");
      assertThat(error.path("status").asInt(0)).isEqualTo(502);
      assertThat(error.at("/error/code").asString("")).isEqualTo("provider_error");
      assertThat(error.at("/error/attempts").size()).isEqualTo(3);

      JsonNode unknown = client.ask(create("nothing", "'input':'Hi'"));
      assertThat(unknown.at("/error/code").asString("")).isEqualTo("model_not_found");
      assertThat(client.ask(create("gpt-5.2", "'input':'Hi'")).path("type").asString(""))
          .isEqualTo("response.completed");
    }
  }

  @Test
  void cancelsWhenTheClientIsGone() throws Exception {
    fixture.openai.configure("{\"chunks\":400,\"token_delay_ms\":50}");
    SocketClient client = connect();
    client.send(create("gpt-4", "'input':'Hi'")).next();
    Map<String, String> cancelled = Map.of("outcome", "cancelled");
    double before = fixture.metric("gateway_requests_total", cancelled);
    client.abort();

    await(() -> fixture.metric("gateway_requests_total", cancelled) == before + 1);
    await(() -> fixture.metric("gateway_websockets_open", Map.of()) == 0);
  }

  @Test
  void waitsForAClientThatReadsSlowly() throws Exception {
    fixture.openai.configure("{\"chunks\":10000}");
    try (SocketClient client = SocketClient.lazy(fixture.client, url(fixture))) {
      client.send(create("gpt-4", "'input':'Hi'"));
      Thread.sleep(300);
      client.read();

      assertThat(client.turn().getLast().path("type").asString("")).isEqualTo("response.completed");
    }
  }

  @Test
  void takesALargeMessageInManyFrames() throws Exception {
    try (SocketClient client = connect()) {
      String large = "'input':'" + "word ".repeat(100_000) + "'";
      JsonNode ended = client.ask(create("claude-sonnet-4-5", large));
      assertThat(ended.path("type").asString("")).isEqualTo("response.completed");
      assertThat(body("anthropic")).hasSizeGreaterThan(500_000);
    }
  }

  @Test
  void closesOnBinaryAndTooLargeMessages() throws Exception {
    try (SocketClient client = connect()) {
      assertThat(client.sendBinary().closedWith()).isEqualTo(1003);
    }
    try (SocketClient client = connect()) {
      client.send(create("gpt-4", "'input':'" + "x".repeat(9 << 20) + "'"));
      assertThat(client.turn().getLast().path("status").asInt(0)).isEqualTo(413);
      assertThat(client.closedWith()).isEqualTo(1009);
    }
  }

  @Test
  void letsTheRunningRequestEndWhenTheGatewayStops() throws Exception {
    GatewayFixture stopping = GatewayFixture.open();
    stopping.openai.configure("{\"chunks\":20,\"token_delay_ms\":50}");
    try (SocketClient busy = SocketClient.open(stopping.client, url(stopping));
        SocketClient idle = SocketClient.open(stopping.client, url(stopping))) {
      busy.send(create("gpt-4", "'input':'Hi'")).next();
      CompletableFuture<Void> stopped = CompletableFuture.runAsync(stopping.gateway::drain);

      assertThat(idle.closedWith()).isEqualTo(1001);
      assertThat(busy.turn().getLast().path("type").asString("")).isEqualTo("response.completed");
      assertThat(busy.closedWith()).isEqualTo(1001);
      stopped.join();
    } finally {
      stopping.openai.close();
      stopping.anthropic.close();
      stopping.gemini.close();
      stopping.responses.close();
      stopping.bedrock.close();
    }
  }

  @Test
  void refusesTheHandshakeWhereItIsSwitchedOff() {
    try (GatewayFixture off =
        GatewayFixture.open(
            GatewayFixture.SHORT_TIMES.replace(
                "max_body: 8MiB", "max_body: 8MiB, websocket: {enabled: false}"))) {
      assertThatThrownBy(() -> SocketClient.open(off.client, url(off)))
          .isInstanceOf(CompletionException.class)
          .cause()
          .isInstanceOfSatisfying(
              WebSocketHandshakeException.class,
              refused -> {
                assertThat(refused.getResponse().statusCode()).isEqualTo(426);
                assertThat(refused.getResponse().headers().firstValue("upgrade"))
                    .hasValue("HTTP/1.1");
              });
    }
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - end).as("still waiting").isNegative();
      Thread.sleep(20);
    }
  }
}
