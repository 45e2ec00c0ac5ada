package com.langdock.reliability.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.mock.MockProvider;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Completions of a text, whole and streamed, by two providers of the same model. */
@Tag("e2e")
class CompletionsE2eTest {
  private static final String ANSWER =
      "This is a mock answer to “Say hi”. Each word of it is a chunk of its own, so a lost or"
          + " doubled word shows. Finished by openai/m.";

  private final MockProvider first = MockProvider.openAi();
  private final MockProvider second = MockProvider.openAi();
  private final GatewayFixture fixture =
      GatewayFixture.of(
          GatewayFixture.SHORT_TIMES,
          """
          providers:
            - name: first
              type: openai
              base_url: "%s"
              api_key: k
              models: [m]
              formats: [completions]
            - name: second
              type: openai
              base_url: "%s"
              api_key: k
              models: [m]
              priority: 2
              formats: [completions, chat]
            - {name: chats, type: openai, base_url: "%s", api_key: k, models: [chat]}
            - {name: codes, type: openai, base_url: "%s", api_key: k, models: {code: codestral},
               formats: [fim]}
          """
              .formatted(first.url(), second.url(), first.url(), first.url()));

  @AfterEach
  void close() {
    fixture.close();
    first.close();
    second.close();
  }

  private static String body(String model, String more) {
    return "{\"model\":\"" + model + "\",\"prompt\":\"Say hi\"" + more + "}";
  }

  private Reply ask(String body) {
    return Reply.of(fixture.posting("/v1/completions", body).join());
  }

  private StreamReply stream(String more) {
    return StreamReply.of(
        fixture
            .posting("/v1/completions", body("m", ",\"stream\":true,\"max_tokens\":900" + more))
            .join());
  }

  private static String text(StreamReply reply) {
    return reply.chunks().stream()
        .map(chunk -> chunk.at("/choices/0/text").asString(""))
        .collect(Collectors.joining());
  }

  @Test
  void areTheProvidersAndKeepTheirBytes() {
    String body = body("m", ",\"top_k\":1.0");

    Reply reply = ask(body);

    assertThat(reply.status()).as(reply.response().body()).isEqualTo(200);
    assertThat(reply.json().at("/choices/0/text").asString("")).isEqualTo(ANSWER);
    assertThat(reply.json().has("request_id")).isFalse();
    assertThat(first.requests().getFirst().body()).isEqualTo(body);
  }

  @Test
  void areStreamedWithUsageOnlyIfAskedFor() {
    StreamReply plain = stream("");
    StreamReply counted = stream(",\"stream_options\":{\"include_usage\":true}");

    assertThat(text(plain)).isEqualTo(ANSWER);
    assertThat(plain.response().body()).endsWith("data: [DONE]\n\n").doesNotContain("usage");
    assertThat(text(counted)).isEqualTo(ANSWER);
    assertThat(counted.chunks().getLast().at("/usage/total_tokens").asInt()).isPositive();
  }

  @ParameterizedTest
  @CsvSource({"server_error, 2", "rate_limit, 1", "malformed, 2", "timeout, 1", "auth, 1"})
  void failOverToAnotherProviderOfTheModel(String fault, int calls) {
    first.configure(
        "{\"timeout_duration_seconds\":3,\"script\":[\"" + fault + "\",\"" + fault + "\"]}");

    Reply reply = ask(body("m", ""));

    assertThat(reply.header("x-provider")).isEqualTo("second");
    assertThat(first.requests()).hasSize(calls);
  }

  @Test
  void ofAStreamThatBreaksGoOnElsewhere() {
    first.configure("{\"script\":[\"stream_cut\",\"server_error\",\"server_error\"]}");

    StreamReply reply = stream("");

    assertThat(text(reply)).isEqualTo(ANSWER);
    assertThat(reply.distinct("id")).hasSize(1);
    assertThat(reply.comments()).isNotEmpty();
  }

  @Test
  void ofSeveralChoicesAreNotContinued() {
    first.configure("{\"script\":[\"stream_cut\"]}");

    StreamReply reply = stream(",\"n\":2");

    assertThat(reply.response().body()).contains("\"error\"").doesNotContain("[DONE]");
    assertThat(second.requests()).isEmpty();
  }

  @Test
  void ofAModelThatOnlyChatsAreRefusedByName() {
    Reply reply = ask(body("chat", "")).isError(400, "invalid_value");

    assertThat(reply.error().path("param").asString("")).isEqualTo("model");
    assertThat(reply.error().path("message").asString("")).contains("serves completions");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void betweenTwoTextsHaveTheShapeOfChats(boolean streams) {
    String more = ",\"suffix\":\"}\",\"max_tokens\":900,\"stream\":" + streams;

    String body = fixture.posting("/v1/fim/completions", body("code", more)).join().body();

    assertThat(first.requests().getFirst().model()).isEqualTo("codestral");
    assertThat(body)
        .contains(streams ? "\"delta\":{\"content\"" : "\"message\":{\"role\":\"assistant\"")
        .contains("\"usage\":{\"prompt_tokens\"", "\"model\":\"code\"");
    assertThat(body.endsWith("data: [DONE]\n\n")).isEqualTo(streams);
    assertThat(fixture.metric("gateway_tokens_total", Map.of("model", "code"))).isPositive();
  }

  @Test
  void betweenTwoTextsAreNotContinued() {
    first.configure("{\"script\":[\"stream_cut\"]}");

    String body =
        fixture.posting("/v1/fim/completions", body("code", ",\"stream\":true")).join().body();

    assertThat(body).contains("\"error\"").doesNotContain("[DONE]");
    assertThat(first.requests()).hasSize(1);
  }
}
