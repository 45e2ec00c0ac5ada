package com.langdock.reliability.mock;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Both formats when nothing goes wrong. */
@Tag("e2e")
class HealthyTest extends AllProviders {
  private static final String TEXT =
      "This is a mock answer to “Hello”. Each word of it is a chunk of its own, so a lost or"
          + " doubled word shows. Finished by %s/m1.";

  @Nested
  class OpenAi {
    @ParameterizedTest
    @ValueSource(
        strings = {"/v1/chat/completions", "/chat/completions", "/openai/v2/chat/completions"})
    void answersUnderAnyPrefix(String path) throws Exception {
      HttpResponse<String> response = Calls.post(openAi, path, Calls.hello(false));
      JsonNode answer = Calls.json(response.body());
      JsonNode choice = answer.path("choices").path(0);

      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.headers().firstValue("content-type")).contains("application/json");
      assertThat(response.headers().firstValue("x-request-id")).isPresent();
      assertThat(answer.path("object").asString()).isEqualTo("chat.completion");
      assertThat(choice.path("message").path("content").asString())
          .isEqualTo(TEXT.formatted("openai"));
      assertThat(choice.path("finish_reason").asString()).isEqualTo("stop");
      assertThat(answer.path("usage").path("total_tokens").intValue())
          .isEqualTo(
              answer.path("usage").path("prompt_tokens").intValue()
                  + answer.path("usage").path("completion_tokens").intValue());
    }

    @Test
    void streamsRoleContentsFinishReasonAndDone() throws Exception {
      String body = Calls.post(openAi, Calls.OPENAI_PATH, Calls.hello(true)).body();
      List<JsonNode> events = Calls.events(body);

      assertThat(Calls.streamedText(body)).isEqualTo(TEXT.formatted("openai"));
      assertThat(events.getFirst().at("/choices/0/delta/role").asString()).isEqualTo("assistant");
      assertThat(events.getLast().at("/choices/0/finish_reason").asString()).isEqualTo("stop");
      assertThat(events).allSatisfy(event -> assertThat(event.has("usage")).isFalse());
      assertThat(events)
          .extracting(event -> event.path("id").asString())
          .containsOnly(events.getFirst().path("id").asString());
      assertThat(body).endsWith("data: [DONE]\n\n");
    }

    @Test
    void streamsUsageOnceAtTheEndWhenAskedFor() throws Exception {
      String request = Calls.hello(true, ",\"stream_options\":{\"include_usage\":true}");
      List<JsonNode> events = Calls.events(Calls.post(openAi, Calls.OPENAI_PATH, request).body());

      assertThat(events.getLast().path("choices")).isEmpty();
      assertThat(events.getLast().at("/usage/completion_tokens").intValue()).isPositive();
      assertThat(events.subList(0, events.size() - 1))
          .allSatisfy(event -> assertThat(event.path("usage").isNull()).isTrue());
    }

    @Test
    void givesAsManyChoicesAsAskedFor() throws Exception {
      String request = Calls.hello(false, ",\"n\":3");
      JsonNode answer = Calls.json(Calls.post(openAi, Calls.OPENAI_PATH, request).body());

      assertThat(answer.path("choices")).hasSize(3);
    }

    @Test
    void streamsAToolCallInPieces() throws Exception {
      openAi.configure("{\"tool_call\":true}");
      List<JsonNode> events =
          Calls.events(Calls.post(openAi, Calls.OPENAI_PATH, Calls.hello(true)).body());
      StringBuilder arguments = new StringBuilder();
      events.forEach(event ->
          arguments.append(
              event.at("/choices/0/delta/tool_calls/0/function/arguments").stringValue("")));

      assertThat(events.getFirst().at("/choices/0/delta/tool_calls/0/id").asString())
          .startsWith("call_");
      assertThat(Calls.json(arguments.toString()).path("query").asString()).isEqualTo("Hello");
      assertThat(events.getLast().at("/choices/0/finish_reason").asString())
          .isEqualTo("tool_calls");
    }

    @Test
    void listsModels() throws Exception {
      JsonNode models = Calls.json(Calls.get(openAi, "/v1/models").body());

      assertThat(models.path("data").path(0).path("id").asString()).isEqualTo("gpt-4");
    }
  }

  @Nested
  class Anthropic {
    @Test
    void answers() throws Exception {
      HttpResponse<String> response =
          Calls.post(anthropic, Calls.ANTHROPIC_PATH + "?beta=true", Calls.hello(false));
      JsonNode answer = Calls.json(response.body());

      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.headers().firstValue("request-id")).isPresent();
      assertThat(answer.at("/content/0/text").asString()).isEqualTo(TEXT.formatted("anthropic"));
      assertThat(answer.path("stop_reason").asString()).isEqualTo("end_turn");
      assertThat(answer.at("/usage/output_tokens").intValue()).isPositive();
    }

    @Test
    void streamsTheEventsInTheirOrder() throws Exception {
      String body = Calls.post(anthropic, Calls.ANTHROPIC_PATH, Calls.hello(true)).body();
      List<String> types =
          Calls.events(body).stream()
              .map(event -> event.path("type").asString())
              .distinct()
              .toList();

      assertThat(types)
          .containsExactly(
              "message_start",
              "content_block_start",
              "ping",
              "content_block_delta",
              "content_block_stop",
              "message_delta",
              "message_stop");
      assertThat(Calls.streamedText(body)).isEqualTo(TEXT.formatted("anthropic"));
      assertThat(body).startsWith("event: message_start\ndata: ");
    }

    @Test
    void repeatsTheInputTokensAtTheEndOfAStream() throws Exception {
      String body = Calls.post(anthropic, Calls.ANTHROPIC_PATH, Calls.hello(true)).body();
      List<JsonNode> events = Calls.events(body);

      assertThat(events.get(events.size() - 2).at("/usage/input_tokens"))
          .isEqualTo(events.getFirst().at("/message/usage/input_tokens"));
    }

    @Test
    void streamsAToolCallAsJsonDeltas() throws Exception {
      anthropic.configure("{\"tool_call\":true}");
      String body = Calls.post(anthropic, Calls.ANTHROPIC_PATH, Calls.hello(true)).body();
      StringBuilder input = new StringBuilder();
      Calls.events(body)
          .forEach(event -> input.append(event.at("/delta/partial_json").stringValue("")));

      assertThat(Calls.json(input.toString()).path("query").asString()).isEqualTo("Hello");
      assertThat(body).contains("\"stop_reason\":\"tool_use\"");
    }

    @Test
    void listsModels() throws Exception {
      JsonNode models = Calls.json(Calls.get(anthropic, "/v1/models").body());

      assertThat(models.path("first_id").asString()).isEqualTo("claude-3-opus");
    }
  }

  @Nested
  class TheShapeOfAStream {
    @Test
    void mayHaveCrlf() throws Exception {
      openAi.configure("{\"crlf\":true}");
      String body = Calls.post(openAi, Calls.OPENAI_PATH, Calls.hello(true)).body();

      assertThat(body).endsWith("data: [DONE]\r\n\r\n");
      assertThat(body.replace("\r\n", "")).doesNotContain("\n");
    }

    @Test
    void mayBeSplitInsideCharacters() throws Exception {
      openAi.configure("{\"split_utf8\":true}");
      RawCall call = RawCall.post(openAi, Calls.OPENAI_PATH, Calls.hello(true));
      String whole = Calls.post(openAi, Calls.OPENAI_PATH, Calls.hello(true)).body();

      // The opening quote is E2 80 9C: some chunk of the body must end with its first byte.
      assertThat(joined(call.reads())).containsSequence(new byte[] {(byte) 0xE2, '\r', '\n'});
      assertThat(Calls.streamedText(whole)).isEqualTo(TEXT.formatted("openai"));
    }
  }

  /** What was read, however the network cut it. */
  private static byte[] joined(List<byte[]> reads) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    reads.forEach(whole::writeBytes);
    return whole.toByteArray();
  }
}
