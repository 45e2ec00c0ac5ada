package com.langdock.reliability.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Translation of requests to a provider of another format, and its report to the client. */
@Tag("e2e")
class TranslationE2eTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String HINTS = "\"seed\":7,\"logit_bias\":{\"50256\":-100},";
  private static final String VIDEO =
      "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"video_url\","
          + "\"video_url\":{\"url\":\"https://example.org/v.mp4\"}}]}]}";

  private final GatewayFixture fixture = GatewayFixture.open();

  @AfterEach
  void close() {
    fixture.close();
  }

  private static String with(String fields, String body) {
    return "{" + fields + body.substring(1);
  }

  @Test
  void droppedAndAdjustedFieldsAreReportedInHeaders() {
    Reply reply =
        fixture
            .ask(with(HINTS + "\"temperature\":1.5,", GatewayFixture.chat("claude-3-opus")))
            .isAnsweredBy("anthropic");
    assertThat(reply.header("x-gateway-dropped")).isEqualTo("seed, logit_bias");
    assertThat(reply.header("x-gateway-adjusted")).isEqualTo("temperature");
    assertThat(fixture.anthropic.requests().getFirst().body())
        .doesNotContain("seed")
        .doesNotContain("logit_bias");
  }

  @Test
  void droppedFieldsAreReportedBeforeAStream() {
    StreamReply reply = fixture.stream(with(HINTS, GatewayFixture.streamed("claude-3-opus")));
    assertThat(reply.response().headers().firstValue("x-gateway-dropped"))
        .hasValue("seed, logit_bias");
    assertThat(reply.done()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theHeadersDescribeTheAttemptThatAnswered(boolean stream) {
    String body = stream ? GatewayFixture.streamed("gpt-4") : GatewayFixture.chat("gpt-4");
    String first = fixture.asking(with(HINTS, body)).join().headers().map().toString();
    assertThat(first).contains("openai").doesNotContain("x-gateway-dropped");
    fixture.openai.configure("{\"server_error_probability\":1}");
    String second = fixture.asking(with(HINTS, body)).join().headers().map().toString();
    assertThat(second).contains("x-gateway-dropped=[seed, logit_bias]");
  }

  @Test
  void aFlattenedToolIsReported() {
    String tools =
        "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":"
            + "{\"anyOf\":[{\"properties\":{\"x\":{\"type\":\"number\"}}}]}}}],";
    Reply reply =
        fixture.ask(with(tools, GatewayFixture.chat("claude-3-opus"))).isAnsweredBy("anthropic");
    assertThat(reply.header("x-gateway-adjusted")).isEqualTo("tools[0].parameters");
    JsonNode sent = JSON.readTree(fixture.anthropic.requests().getFirst().body());
    JsonNode schema = sent.at("/tools/0/input_schema");
    assertThat(schema.path("type").asString("")).isEqualTo("object");
    assertThat(schema.has("anyOf")).isFalse();
    assertThat(schema.at("/properties/x/type").asString("")).isEqualTo("number");
  }

  @Test
  void unknownPartsReachAProviderThatMaySupportThem() {
    fixture.ask(VIDEO.formatted("gpt-4")).isAnsweredBy("openai");
    assertThat(fixture.openai.requests().getFirst().body()).isEqualTo(VIDEO.formatted("gpt-4"));
    Reply refused = fixture.ask(VIDEO.formatted("claude-3-opus")).isError(400, "invalid_value");
    assertThat(refused.error().path("param").asString("")).isEqualTo("messages[0].content[0].type");
    assertThat(fixture.anthropic.requests()).isEmpty();
  }

  /** claude-3-sonnet does not accept a video; its fallback does. */
  @Test
  void aTargetThatCannotExpressTheRequestIsSkipped() {
    fixture.ask(VIDEO.formatted("claude-3-sonnet")).isAnsweredBy("openai");
    assertThat(fixture.anthropic.requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aSchemaForAnOldModelIsATool(boolean stream) {
    fixture.anthropic.configure("{\"tool_call\":true}");
    String format =
        "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"person\","
            + "\"schema\":{\"type\":\"object\",\"properties\":{\"age\":{\"type\":\"number\"}}}}},";
    String content;
    String finish;
    if (stream) {
      StreamReply reply = fixture.stream(with(format, GatewayFixture.streamed("claude-3-opus")));
      content = reply.text();
      finish = reply.finishReasons().getFirst();
    } else {
      JsonNode json = fixture.ask(with(format, GatewayFixture.chat("claude-3-opus"))).json();
      content = json.at("/choices/0/message/content").asString("");
      finish = json.at("/choices/0/finish_reason").asString("");
    }
    assertThat(JSON.readTree(content).isObject()).isTrue();
    assertThat(finish).isEqualTo("stop");
    JsonNode sent = JSON.readTree(fixture.anthropic.requests().getFirst().body());
    assertThat(sent.at("/tool_choice/name").asString("")).isEqualTo("person");
  }
}
