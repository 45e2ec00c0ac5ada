package com.langdock.reliability.gateway.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.gateway.front.messages.MessageStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The messages API from the client's bytes to the provider's, and back. */
class MessagesTest {
  private static final String CONFIG =
      """
      retry: {max_attempts: 3}
      providers:
        - {name: a, type: openai, base_url: "http://a.test", models: [m]}
        - {name: b, type: openai, base_url: "http://b.test", models: [m]}
      """;
  private static final String WHOLE =
      "{\"model\":\"m\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
  private static final String STREAM = WHOLE.replace("{\"model\"", "{\"stream\":true,\"model\"");
  private static final String ID = "msg_01ABCDEFGHIJKLMNOPQRSTUV";

  private static final String START =
      "{\"type\":\"message_start\",\"message\":{\"id\":\""
          + ID
          + "\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"m\",\"content\":[],"
          + "\"usage\":{\"input_tokens\":6,\"output_tokens\":1}}}";
  private static final String OPEN =
      "{\"type\":\"content_block_start\",\"index\":0,"
          + "\"content_block\":{\"type\":\"text\",\"text\":\"\"}}";
  private static final String CLOSE = "{\"type\":\"content_block_stop\",\"index\":0}";
  private static final String DELTA =
      "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},"
          + "\"usage\":{\"output_tokens\":5}  }";
  private static final String STOP = "{\"type\":\"message_stop\"}";

  private final TestGateway gateway = gateway(false);

  private static TestGateway gateway(boolean counts) {
    return TestGateway.of(
        CONFIG, TestParts.NONE.withFormats(format -> new MessagesProvider(format, counts)));
  }

  private static String text(String text) {
    return "{\"type\":\"content_block_delta\",\"index\":0,"
        + "\"delta\":{\"type\":\"text_delta\",\"text\":\""
        + text
        + "\"}}";
  }

  private static HttpReply send(TestGateway to, String method, String path, String body) {
    FakeClient client =
        to.client()
            .write(
                method
                    + " "
                    + path
                    + " HTTP/1.1\r\n"
                    + "host: localhost\r\n"
                    + "content-type: application/json\r\n"
                    + "anthropic-version: 2023-06-01\r\n"
                    + "anthropic-beta: a,b\r\n"
                    + "anthropic-beta: c\r\n"
                    + "content-length: "
                    + body.getBytes(StandardCharsets.UTF_8).length
                    + "\r\n\r\n"
                    + body);
    to.advance(Duration.ofSeconds(30));
    return client.reply();
  }

  private HttpReply post(String path, String body) {
    return send(gateway, "POST", path, body);
  }

  private static void neutral(ProviderCall call, String... texts) {
    call.beginStream();
    for (String text : texts) {
      call.event("{\"say\":\"" + text + "\"}");
    }
  }

  private static void own(ProviderCall call, String... events) {
    call.beginStream();
    more(call, events);
  }

  private static void more(ProviderCall call, String... events) {
    for (String event : events) {
      call.bytes(MessagesProvider.event(event));
    }
  }

  private static void end(ProviderCall call) {
    call.sendLast("0\r\n\r\n");
  }

  @Test
  void answersAsTheProviderDid() {
    String answer = "{\"type\":\"message\",\"id\":\"" + ID + "\" }";
    gateway.provider("a").next(call -> call.answer(200, answer));

    HttpReply reply = post("/v1/messages?beta=true", WHOLE);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body()).isEqualTo(answer);
    assertThat(reply.headers().get("request-id")).isEqualTo(reply.headers().get("x-request-id"));
    assertThat(reply.headers()).containsEntry("x-provider", "a");
    assertThat(gateway.provider("a").lastCall().head()).contains("anthropic-beta: a,b,c");
    gateway.assertNothingHeld();
  }

  @Test
  void answersAProviderOfAnotherFormatAsAMessage() {
    gateway.provider("a").next(call -> call.answer(200, "{\"say\":\"Hi.\"}"));

    assertThat(post("/v1/messages", WHOLE).body())
        .contains("\"type\":\"message\"", "\"text\":\"Hi.\"", "\"input_tokens\":6");
    gateway.assertNothingHeld();
  }

  @Test
  void streamsTheProvidersBytes() {
    List<String> events = List.of(START, OPEN, text("Hi"), CLOSE, DELTA, STOP);
    gateway
        .provider("a")
        .next(call -> {
          own(call, events.toArray(String[]::new));
          end(call);
        });

    HttpReply reply = post("/v1/messages", STREAM);

    assertThat(reply.body())
        .isEqualTo(String.join("", events.stream().map(MessagesProvider::event).toList()));
    assertThat(reply.headers().get("request-id")).isEqualTo(reply.headers().get("x-request-id"));
    gateway.assertNothingHeld();
  }

  @ParameterizedTest
  @CsvSource({"own, own", "own, neutral", "neutral, own", "neutral, neutral"})
  void continuesAStreamThatBreaks(String first, String second) {
    gateway
        .provider("a")
        .next(call -> {
          if (first.equals("own")) {
            own(call, START, OPEN, text("One two three four"));
          } else {
            neutral(call, "One two three four");
          }
          call.after(Duration.ofMillis(10), call::reset);
        });
    gateway
        .provider("b")
        .next(call -> {
          if (second.equals("own")) {
            own(call, START.replace("_01", "_02"), OPEN, text(" five six seven eight nine ten"));
            more(call, CLOSE, DELTA, STOP);
          } else {
            neutral(call, " five six seven eight nine ten");
            call.event("{\"stop\":1}");
          }
          end(call);
        });

    MessageStream stream = MessageStream.whole(post("/v1/messages", STREAM).body());

    assertThat(stream.text()).isEqualTo("One two three four five six seven eight nine ten");
    assertThat(stream.types()).containsExactly("text");
    if (first.equals("own")) {
      assertThat(stream.start().path("id").asString("")).isEqualTo(ID);
    }
    assertThat(stream.comments()).containsExactly(": continued by b/m");
    assertThat(stream.delta().path("usage").path("output_tokens").asInt()).isGreaterThan(5);
    assertThat(stream.delta().path("usage").path("input_tokens").asInt()).isGreaterThan(6);
    gateway.assertNothingHeld();
  }

  @Test
  void endsAStreamThatNobodyContinuesInAnErrorEvent() {
    gateway
        .provider("a")
        .otherwise(call -> {
          own(call, START, OPEN, text("One two three four"));
          call.after(Duration.ofMillis(10), call::reset);
        });
    gateway.provider("b").otherwise(call -> call.error(500));

    MessageStream stream = MessageStream.of(post("/v1/messages", STREAM).body());

    assertThat(stream.error().path("error").path("type").asString("")).isEqualTo("api_error");
    assertThat(stream.error().path("request_id").asString("")).startsWith("req_");
    gateway.assertNothingHeld();
  }

  @ParameterizedTest
  @CsvSource({
    "529, 529, overloaded_error",
    "401, 502, api_error",
    "429, 429, rate_limit_error",
    "400, 400, invalid_request_error",
  })
  void saysErrorsInItsOwnWords(int status, int expected, String type) {
    String json = "{\"type\":\"error\",\"error\":{\"type\":\"x\",\"message\":\"thinking: no.\"}}";
    gateway.provider("a").otherwise(call -> call.answer(status, json));
    gateway.provider("b").otherwise(call -> call.answer(status, json));

    HttpReply reply = post("/v1/messages", WHOLE);

    assertThat(reply.status()).isEqualTo(expected);
    assertThat(reply.body())
        .startsWith("{\"type\":\"error\",\"error\":{\"type\":\"" + type + "\",\"message\":");
    assertThat(reply.headers()).containsKeys("request-id", "x-request-id");
    if (status == 400) {
      assertThat(reply.body()).contains("thinking: no.");
    }
    gateway.assertNothingHeld();
  }

  @Test
  void saysThatAPromptIsTooLongWhateverTheProviderCallsIt() {
    String json =
        "{\"error\":{\"message\":\"The maximum context length is 8 tokens.\","
            + "\"type\":\"invalid_request_error\",\"code\":\"context_length_exceeded\"}}";
    gateway.provider("a").otherwise(call -> call.answer(400, json));
    gateway.provider("b").otherwise(call -> call.answer(400, json));

    HttpReply reply = post("/v1/messages", WHOLE);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body())
        .contains("prompt is too long: The maximum context length is 8 tokens.");
  }

  @Test
  void countsTokensWhereAProviderDoes() {
    try (TestGateway counting = gateway(true)) {
      counting.provider("a").next(call -> call.answer(200, "{\"input_tokens\":7}"));

      HttpReply reply = send(counting, "POST", "/v1/messages/count_tokens", WHOLE);

      assertThat(reply.body()).isEqualTo("{\"input_tokens\":7}");
      assertThat(reply.headers()).doesNotContainKey("x-gateway-estimated");
    }
  }

  @Test
  void estimatesTokensWhereNoProviderCounts() {
    HttpReply reply = post("/v1/messages/count_tokens?beta=true", WHOLE);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body()).isEqualTo("{\"input_tokens\":1}");
    assertThat(reply.headers()).containsEntry("x-gateway-estimated", "input_tokens");
    assertThat(gateway.provider("a").calls()).isEmpty();
    assertThat(gateway.metrics()).doesNotContainPattern("gateway_requests_total\\{.*} [1-9]");
    gateway.assertNothingHeld();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/messages/batches", "/v1/files", "/v1/skills/x", "/v1/none"})
  void refusesUnknownPathsInItsOwnShape(String path) {
    HttpReply reply = post(path, "{}");

    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.body())
        .startsWith("{\"type\":\"error\",\"error\":{\"type\":\"not_found_error\"");
    gateway.assertNothingHeld();
  }

  @Test
  void leavesUnknownPathsOfOtherClientsToTheirApi() {
    FakeClient client = gateway.client().write("GET /v1/none HTTP/1.1\r\nhost: localhost\r\n\r\n");
    gateway.settle();

    assertThat(client.reply().body()).startsWith("{\"error\":{\"message\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/api/hello"})
  void letsClientsTryWhetherItIsThere(String path) {
    assertThat(send(gateway, "HEAD", path, "").status()).isEqualTo(200);
    assertThat(send(gateway, "GET", path, "").status()).isEqualTo(404);
    assertThat(send(gateway, "POST", path, "{}").status()).isEqualTo(404);
    gateway.assertNothingHeld();
  }

  @Test
  void listsModelsForClientsOfBothApis() {
    HttpReply reply = send(gateway, "GET", "/v1/models?limit=1000", "");

    assertThat(reply.body())
        .contains("\"object\":\"list\"", "\"has_more\":false,\"first_id\":\"m\",\"last_id\":\"m\"")
        .contains("{\"id\":\"m\",\"object\":\"model\",\"created\":", "\"owned_by\":\"a\"")
        .contains("\"type\":\"model\",\"display_name\":\"m\"")
        .containsPattern("\"created_at\":\"\\d{4}-\\d\\d-\\d\\dT[\\d:]+Z\"");
    assertThat(send(gateway, "GET", "/v1/models/n", "").body())
        .startsWith("{\"type\":\"error\",\"error\":{\"type\":\"not_found_error\"");
  }
}
