package com.langdock.reliability.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.langdock.reliability.e2e.Question.Trait;
import com.langdock.reliability.mock.MockProvider;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Cohere's own API behind every client API. */
@Tag("e2e")
class CohereE2eTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ANSWER =
      "This is a mock answer to “Say hi”. Each word of it is a chunk of its own, so a lost or"
          + " doubled word shows. Finished by cohere/command-a-03-2025.";

  private static MockProvider cohere;
  private static GatewayFixture fixture;

  @BeforeAll
  static void open() {
    cohere = MockProvider.cohere();
    fixture = gateway();
  }

  private static GatewayFixture gateway() {
    return GatewayFixture.of(
        GatewayFixture.SHORT_TIMES,
        gateway ->
            """
            providers:
              - name: cohere
                type: cohere-v2
                base_url: "%s"
                api_key: "%s"
                models: {command: command-a-03-2025, alone: command-a-03-2025,
                         vectors: embed-v4.0, ranks: rerank-v3.5}
              - {name: openai, base_url: "%s", api_key: k, models: [gpt-4o]}
            fallbacks: {command: [gpt-4o]}
            """
                .formatted(cohere.url(), GatewayFixture.SECRET, gateway.openai.url()));
  }

  @AfterAll
  static void close() {
    fixture.close();
    cohere.close();
  }

  @BeforeEach
  void reset() {
    cohere.reset();
    fixture.openai.reset();
    cohere.configure("{\"strict\":true}");
  }

  static Stream<Arguments> clients() {
    return Client.all().stream()
        .flatMap(client -> Stream.of(arguments(client, false), arguments(client, true)));
  }

  private static JsonNode seen() {
    return JSON.readTree(Objects.requireNonNull(cohere.requests().getLast().body()));
  }

  private static void script(String... faults) {
    cohere.configure(
        "{\"strict\":true,\"timeout_duration_seconds\":3,\"script\":[\""
            + String.join("\",\"", faults)
            + "\"]}");
  }

  @ParameterizedTest
  @MethodSource("clients")
  void answersInText(Client client, boolean stream) {
    Answer answer = client.ask(fixture, Question.of("command", stream, "Say hi"));

    assertThat(answer.text()).isEqualTo(ANSWER);
    assertThat(answer.finish()).isEqualTo(client.finish(false));
    assertThat(answer.calls()).isEmpty();
    assertThat(cohere.requests().getLast().arrival().path()).isEqualTo("/v2/chat");
    assertThat(seen().at("/citation_options/mode").asString("")).isEqualTo("OFF");
  }

  @ParameterizedTest
  @MethodSource("clients")
  void obeysASystemPrompt(Client client, boolean stream) {
    Answer answer = client.ask(fixture, Question.of("command", stream, "Say hi", Trait.SYSTEM));

    assertThat(answer.text()).isEqualTo(ANSWER);
    assertThat(seen().at("/messages/0/role").asString("")).isEqualTo("system");
  }

  @ParameterizedTest
  @MethodSource("clients")
  void callsAToolTwiceAndReadsTheResults(Client client, boolean stream) {
    String text = "The weather of two towns?";
    Question question = Question.of("command", stream, text, Trait.TOOLS);
    Answer called = client.ask(fixture, question);

    assertThat(called.finish()).isEqualTo(client.finish(true));
    assertThat(called.calls()).hasSize(2);
    assertThat(called.calls())
        .allSatisfy(call -> {
          assertThat(call.name()).isEqualTo(Question.TOOL);
          assertThat(call.arguments().path("city").asString("")).isEqualTo(text);
        });
    Answer last =
        client.ask(fixture, question.after(called, client.results(called.calls(), "sunny")));
    assertThat(last.text()).contains("with the tool result “sunny”, “sunny”");
  }

  @ParameterizedTest
  @MethodSource("clients")
  void sendsAPicture(Client client, boolean stream) {
    client.ask(fixture, Question.of("command", stream, "Say hi", Trait.IMAGE));

    assertThat(seen().toString()).contains("\"type\":\"image_url\"", Question.PICTURE);
  }

  @ParameterizedTest
  @MethodSource("clients")
  void answersInJson(Client client, boolean stream) {
    Answer answer = client.ask(fixture, Question.of("command", stream, "Say hi", Trait.SCHEMA));

    assertThat(JSON.readTree(answer.text()).isObject()).isTrue();
    assertThat(seen().at("/response_format/json_schema/properties/city").isObject()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("clients")
  void isLeftForAnotherFormatWhenItFails(Client client, boolean stream) {
    script("server_error", "server_error", "server_error");

    Answer answer = client.ask(fixture, Question.of("command", stream, "Say hi"));

    assertThat(answer.text()).endsWith("Finished by openai/gpt-4o.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"stream_cut", "stream_stall", "stream_fin", "error_in_stream"})
  void streamsThatBreakGoOnElsewhere(String fault) {
    script(fault, "server_error", "server_error");

    Answer answer = new ChatClient().ask(fixture, Question.of("command", true, "Say hi"));

    assertThat(answer.text()).startsWith("This is a mock answer").endsWith("openai/gpt-4o.");
  }

  @ParameterizedTest
  @CsvSource({
    "server_error, 502, provider_error",
    "overloaded, 503, provider_overloaded",
    "rate_limit, 429, rate_limit_exceeded",
    "quota, 429, quota_exhausted",
    "auth, 502, provider_auth_failed",
    "forbidden, 502, provider_refused",
    "model_not_found, 404, model_not_found",
    "context_length, 400, context_length_exceeded",
    "malformed, 502, malformed_response",
    "empty, 502, malformed_response",
    "html, 502, malformed_response",
  })
  void tellsWhatFailed(String fault, int status, String code) {
    script(fault, fault, fault);
    try (GatewayFixture other = gateway()) {
      HttpResponse<String> response =
          new ChatClient().asking(other, Question.of("alone", false, "Say hi")).join();

      Reply.of(response).isError(status, code);
    }
  }

  @Test
  void dropsWhatItDoesNotHaveAndTellsIt() {
    Reply reply =
        fixture.ask(
            "{\"model\":\"command\",\"seed\":1,\"top_p\":1,\"user\":\"u\",\"messages\":"
                + "[{\"role\":\"user\",\"name\":\"n\",\"content\":\"Say hi\"}]}");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("x-gateway-dropped")).contains("seed", "messages[0].name");
    assertThat(reply.header("x-gateway-adjusted")).contains("top_p");
    assertThat(seen().path("p").asDouble()).isEqualTo(0.99);
  }

  @Test
  void embedsAndRanks() {
    String texts = "{\"model\":\"vectors\",\"input\":[\"a\",\"b\"],\"dimensions\":3}";
    Reply vectors = Reply.of(fixture.posting("/v1/embeddings", texts).join());
    String documents = "{\"model\":\"ranks\",\"query\":\"q\",\"documents\":[\"a\",\"b\"]}";
    Reply ranks = Reply.of(fixture.posting("/v1/rerank", documents).join());

    assertThat(vectors.json().path("data")).hasSize(2);
    assertThat(vectors.json().at("/data/1/embedding")).hasSize(3);
    assertThat(ranks.json().path("results")).hasSize(2);
    assertThat(fixture.metric("gateway_tokens_total", Map.of("model", "vectors"))).isPositive();
  }
}
