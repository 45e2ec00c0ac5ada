package com.langdock.reliability.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.gateway.front.responses.ResponseStream;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * The six requests of Open Responses' compliance tests (openresponses.org), before a provider of
 * each format that the gateway translates for.
 */
@Tag("e2e")
class OpenResponsesE2eTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The fields that every response must have; null is a value too. */
  private static final List<String> FIELDS =
      List.of(
          "id",
          "object",
          "created_at",
          "completed_at",
          "status",
          "incomplete_details",
          "model",
          "previous_response_id",
          "instructions",
          "output",
          "error",
          "tools",
          "tool_choice",
          "truncation",
          "parallel_tool_calls",
          "text",
          "top_p",
          "presence_penalty",
          "frequency_penalty",
          "top_logprobs",
          "temperature",
          "reasoning",
          "usage",
          "max_output_tokens",
          "max_tool_calls",
          "store",
          "background",
          "service_tier",
          "metadata",
          "safety_identifier",
          "prompt_cache_key");

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
    formats()
        .forEach(format -> {
          fixture.provider(format.provider()).reset();
          fixture.provider(format.provider()).configure("{\"strict\":true}");
        });
  }

  static Stream<Format> formats() {
    return Arrays.stream(Format.values()).filter(format -> format != Format.RESPONSES);
  }

  private static JsonNode ask(Format format, String fields) {
    return checked(JSON.readTree(sent(format, fields).body()));
  }

  private static HttpResponse<String> sent(Format format, String fields) {
    String body = "{'model':'" + format.model() + "'," + fields + "}";
    HttpResponse<String> response =
        fixture.posting("/v1/responses", body.replace('\'', '"')).join();
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return response;
  }

  private static JsonNode checked(JsonNode response) {
    assertThat(response.propertyNames()).containsAll(FIELDS);
    assertThat(response.path("object").asString("")).isEqualTo("response");
    assertThat(response.path("status").asString("")).isEqualTo("completed");
    assertThat(response.path("output")).isNotEmpty();
    assertThat(response.path("tools").isArray()).isTrue();
    for (String details : List.of("/input_tokens_details/cached_tokens", "/total_tokens")) {
      assertThat(response.at("/usage" + details).isNumber()).as(details).isTrue();
    }
    return response;
  }

  private static String message(String role, String text) {
    return "{'type':'message','role':'" + role + "','content':'" + text + "'}";
  }

  private static String text(JsonNode response) {
    return response.at("/output/0/content/0/text").asString("");
  }

  @ParameterizedTest
  @MethodSource("formats")
  void basicResponse(Format format) {
    JsonNode response = ask(format, "'input':[" + message("user", "Say hello") + "]");

    assertThat(text(response)).isEqualTo(format.answer("Say hello"));
  }

  @ParameterizedTest
  @MethodSource("formats")
  void streamingResponse(Format format) {
    String events =
        sent(format, "'stream':true,'input':[" + message("user", "Count from 1 to 5") + "]").body();

    JsonNode response = checked(ResponseStream.whole(events).response());
    assertThat(text(response)).isEqualTo(format.answer("Count from 1 to 5"));
  }

  @ParameterizedTest
  @MethodSource("formats")
  void systemPrompt(Format format) {
    String input = message("system", "You are a pirate.") + "," + message("user", "Say hello");

    assertThat(text(ask(format, "'input':[" + input + "]"))).isEqualTo(format.answer("Say hello"));
    assertThat(fixture.provider(format.provider()).requests().getLast().body())
        .contains("You are a pirate.");
  }

  @ParameterizedTest
  @MethodSource("formats")
  void toolCalling(Format format) {
    String tools =
        "'tools':[{'type':'function','name':'get_weather','description':'Gets the weather.',"
            + "'parameters':{'type':'object','properties':{'location':{'type':'string'}},"
            + "'required':['location']}}]";
    String input = message("user", "Use get_weather for San Francisco");
    JsonNode output = ask(format, "'input':[" + input + "]," + tools).path("output");
    JsonNode call = output.path(output.size() - 1); // after the signature that some models give

    assertThat(call.path("type").asString("")).isEqualTo("function_call");
    assertThat(call.path("name").asString("")).isEqualTo("get_weather");
    assertThat(JSON.readTree(call.path("arguments").asString("")).has("location")).isTrue();
  }

  @ParameterizedTest
  @MethodSource("formats")
  void imageInput(Format format) {
    String content =
        "[{'type':'input_text','text':'What is it?'},{'type':'input_image','image_url':"
            + "'data:image/png;base64,"
            + Question.PICTURE
            + "'}]";
    String input = "'input':[{'type':'message','role':'user','content':" + content + "}]";

    assertThat(text(ask(format, input))).isEqualTo(format.answer("What is it?"));
    assertThat(fixture.provider(format.provider()).requests().getLast().body())
        .contains(Question.PICTURE);
  }

  @ParameterizedTest
  @MethodSource("formats")
  void multiTurn(Format format) {
    String input =
        message("user", "My name is Alice.")
            + ","
            + message("assistant", "Hello Alice!")
            + ","
            + message("user", "What is my name?");

    assertThat(text(ask(format, "'input':[" + input + "]")))
        .isEqualTo(format.answer("What is my name?"));
  }
}
