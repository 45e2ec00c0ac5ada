package com.langdock.reliability.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.langdock.reliability.e2e.Question.Trait;
import com.langdock.reliability.mock.log.SeenRequest;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Clients of every API before providers of every format, whole answers and streams. The providers
 * refuse what the real ones refuse.
 */
@Tag("e2e")
class PairsE2eTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The beginning of every signature of the mocks. */
  private static final String SIGNED = "bW9jayB0aGlua2luZy";

  private static GatewayFixture fixture;

  @BeforeAll
  static void open() {
    fixture = GatewayFixture.ofFormats(GatewayFixture.SHORT_TIMES);
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  @BeforeEach
  void reset() {
    for (Format format : Format.values()) {
      fixture.provider(format.provider()).reset();
      fixture.provider(format.provider()).configure("{\"strict\":true}");
    }
  }

  static Stream<Arguments> pairs() {
    return Client.all().stream()
        .flatMap(client ->
            Arrays.stream(Format.values())
                .flatMap(format ->
                    Stream.of(arguments(client, format, false), arguments(client, format, true))));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void answerInText(Client client, Format format, boolean stream) {
    Question question = Question.of(format.model(), stream, "Say hi");
    Answer answer = client.ask(fixture, question);

    assertThat(answer.text()).isEqualTo(format.answer("Say hi"));
    assertThat(answer.thinking()).isEmpty();
    assertThat(answer.calls()).isEmpty();
    assertThat(answer.finish()).isEqualTo(client.finish(false));
    assertThat(answer.tokens()).isEqualTo(counted(format));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void obeyASystemPrompt(Client client, Format format, boolean stream) {
    Answer answer =
        client.ask(fixture, Question.of(format.model(), stream, "Say hi", Trait.SYSTEM));

    assertThat(answer.text()).isEqualTo(format.answer("Say hi"));
    assertThat(answer.tokens()).isEqualTo(counted(format));
    String sent =
        switch (format) {
          case OPENAI -> "/messages/0";
          case RESPONSES -> "/instructions";
          case ANTHROPIC -> "/system";
          case GEMINI -> "/systemInstruction";
          case BEDROCK -> "/system";
        };
    assertThat(seen(format).at(sent).toString()).contains(Question.SYSTEM_PROMPT);
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void callAToolAndReadItsResult(Client client, Format format, boolean stream) {
    callAndRead(client, format, Question.of(format.model(), stream, "The weather?", Trait.TOOLS));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void callAToolTwiceAndReadBothResults(Client client, Format format, boolean stream) {
    String text = "The weather of two towns?";
    Answer answer =
        callAndRead(client, format, Question.of(format.model(), stream, text, Trait.TOOLS));

    assertThat(answer.text()).contains("“sunny”, “sunny”");
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void thinkBeforeAToolIsCalled(Client client, Format format, boolean stream) {
    callAndRead(
        client,
        format,
        Question.of(format.model(), stream, "The weather?", Trait.TOOLS, Trait.THINKING));
  }

  /** What only the first provider understands is not sent to the second. */
  @ParameterizedTest
  @MethodSource("changes")
  void goOnAtAnotherFormat(Client client, Format first, Format second, boolean stream) {
    String text = "The weather of two towns?";
    Question question = Question.of(first.model(), stream, text, Trait.TOOLS, Trait.THINKING);
    Answer called = client.ask(fixture, question);

    Question next =
        question.after(called, client.results(called.calls(), "sunny")).at(second.model());
    Answer answer = client.ask(fixture, next);
    assertThat(answer.text())
        .contains("“" + text + "” with the tool result “sunny”, “sunny”")
        .endsWith("Finished by " + second + ".");
    if (!(client instanceof ChatClient)
        || second != Format.OPENAI) { // which gets the client's bytes
      assertThat(seen(second).toString()).doesNotContain("gw1.", "Z3cx");
      // Claude models accept what Claude models signed, wherever they are.
      if (!(first.isClaude() && second.isClaude())) {
        assertThat(seen(second).toString()).doesNotContain(SIGNED);
      }
    }

    Answer last =
        client.ask(fixture, next.after(answer, List.of(client.user("Thanks"))).at(first.model()));
    assertThat(last.text()).isEqualTo(first.answer("Thanks"));
  }

  static Stream<Arguments> changes() {
    return pairs()
        .map(Arguments::get)
        .flatMap(pair ->
            ((Format) pair[1])
                .others().stream().map(other -> arguments(pair[0], pair[1], other, pair[2])));
  }

  /** Has the tool called, and returns the answer to its results. */
  private static Answer callAndRead(Client client, Format format, Question question) {
    Answer called = client.ask(fixture, question);

    int calls = question.text().contains("two") ? 2 : 1;
    assertThat(called.finish()).isEqualTo(client.finish(true));
    assertThat(called.calls())
        .hasSize(calls)
        .allSatisfy(call -> {
          assertThat(call.name()).isEqualTo(Question.TOOL);
          assertThat(call.arguments().path("city").asString("")).isEqualTo(question.text());
        });
    assertThat(called.calls().stream().map(Answer.Call::id).distinct()).hasSize(calls);
    assertThat(called.text()).isEmpty();
    assertThat(called.tokens()).isEqualTo(counted(format));

    Question next = question.after(called, client.results(called.calls(), "sunny"));
    Answer answer = client.ask(fixture, next);
    assertThat(answer.text())
        .contains("“" + question.text() + "” with the tool result “sunny”")
        .endsWith("Finished by " + format + ".");
    assertThat(answer.finish()).isEqualTo(client.finish(false));
    assertThat(answer.tokens()).isEqualTo(counted(format));
    return answer;
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void answerAfterASchema(Client client, Format format, boolean stream) {
    Answer answer =
        client.ask(fixture, Question.of(format.model(), stream, "Where?", Trait.SCHEMA));

    assertThat(JSON.readTree(answer.text()))
        .isEqualTo(JSON.createObjectNode().put("city", "Where?"));
    assertThat(answer.finish()).isEqualTo(client.finish(false));
    assertThat(answer.tokens()).isEqualTo(counted(format));
    String sent =
        switch (format) {
          case OPENAI -> "/response_format/json_schema/schema";
          case RESPONSES -> "/text/format/schema";
          case ANTHROPIC -> "/output_config/format/schema";
          case GEMINI -> "/generationConfig/responseJsonSchema";
          case BEDROCK -> "/outputConfig/textFormat/structure/jsonSchema/schema";
        };
    JsonNode schema = seen(format).at(sent);
    assertThat(schema.isString() ? JSON.readTree(schema.stringValue()) : schema)
        .isEqualTo(JSON.readTree(Question.SCHEMA));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void seeAPicture(Client client, Format format, boolean stream) {
    Answer answer =
        client.ask(fixture, Question.of(format.model(), stream, "What is it?", Trait.IMAGE));

    assertThat(answer.text()).isEqualTo(format.answer("What is it?"));
    String sent =
        switch (format) {
          case OPENAI -> "/messages/0/content/0/image_url/url";
          case RESPONSES -> "/input/0/content/0/image_url";
          case ANTHROPIC -> "/messages/0/content/0/source/data";
          case GEMINI -> "/contents/0/parts/0/inlineData/data";
          case BEDROCK -> "/messages/0/content/0/image/source/bytes";
        };
    assertThat(seen(format).at(sent).asString("")).endsWith(Question.PICTURE);
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void thinkFirst(Client client, Format format, boolean stream) {
    Question question = Question.of(format.model(), stream, "Say hi", Trait.THINKING);
    Answer answer = client.ask(fixture, question);

    assertThat(answer.text()).isEqualTo(format.answer("Say hi"));
    assertThat(answer.thinking())
        .isEqualTo(
            format == Format.OPENAI ? "" : "The user says “Say hi”. The usual answer will do.");
    assertThat(answer.tokens()).isEqualTo(counted(format));
    String sent =
        switch (format) {
          case OPENAI -> "/reasoning_effort";
          case RESPONSES -> "/reasoning";
          case ANTHROPIC -> "/thinking";
          case GEMINI -> "/generationConfig/thinkingConfig";
          case BEDROCK -> "/additionalModelRequestFields/thinking";
        };
    assertThat(seen(format).at(sent).isMissingNode()).isFalse();

    Answer next = client.ask(fixture, question.after(answer, List.of(client.user("Why?"))));
    assertThat(next.text()).isEqualTo(format.answer("Why?"));
  }

  private static SeenRequest last(Format format) {
    return fixture.provider(format.provider()).requests().getLast();
  }

  /** The last request that the provider saw. */
  private static JsonNode seen(Format format) {
    return JSON.readTree(Objects.requireNonNull(last(format).body()));
  }

  /** What the provider counts for the request that it saw last, when it is asked directly. */
  private static Answer.Tokens counted(Format format) {
    ObjectNode body = (ObjectNode) seen(format);
    body.remove("stream");
    body.remove("stream_options");
    String path =
        last(format)
            .arrival()
            .path()
            .replace(":streamGenerate", ":generate")
            .replace("/converse-stream", "/converse");
    URI url = URI.create(fixture.provider(format.provider()).url() + path);
    HttpRequest request =
        HttpRequest.newBuilder(url).POST(BodyPublishers.ofString(body.toString())).build();
    JsonNode answer = JSON.readTree(fixture.send(request).body());
    JsonNode usage = answer.path(format == Format.GEMINI ? "usageMetadata" : "usage");
    return switch (format) {
      case OPENAI ->
          new Answer.Tokens(
              usage.path("prompt_tokens").asLong(), usage.path("completion_tokens").asLong());
      case ANTHROPIC, RESPONSES ->
          new Answer.Tokens(
              usage.path("input_tokens").asLong(), usage.path("output_tokens").asLong());
      case GEMINI ->
          new Answer.Tokens(
              usage.path("promptTokenCount").asLong(),
              usage.path("totalTokenCount").asLong() - usage.path("promptTokenCount").asLong());
      case BEDROCK ->
          new Answer.Tokens(
              usage.path("inputTokens").asLong(), usage.path("outputTokens").asLong());
    };
  }
}
