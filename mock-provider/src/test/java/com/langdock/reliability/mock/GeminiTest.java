package com.langdock.reliability.mock;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Google's format over HTTP: healthy, broken, refused. */
@Tag("e2e")
class GeminiTest extends AllProviders {
  private static final String TEXT =
      "This is a mock answer to “Hello”. Each word of it is a chunk of its own, so a lost or"
          + " doubled word shows. Finished by gemini/m1.";
  private static final String TOOL =
      ",\"tools\":[{\"functionDeclarations\":[{\"name\":\"look\"}]}],"
          + "\"toolConfig\":{\"functionCallingConfig\":{\"mode\":\"ANY\"}}";
  private static final String THOUGHTS =
      ",\"generationConfig\":{\"thinkingConfig\":{\"includeThoughts\":true}}";

  @Nested
  class Healthy {
    @Test
    void answersWithTextReasonAndUsage() throws Exception {
      HttpResponse<String> response = Calls.post(gemini, Calls.GEMINI_PATH, Calls.helloGemini());
      JsonNode answer = Calls.json(response.body());

      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(answer.at("/candidates/0/content/parts/0/text").asString()).isEqualTo(TEXT);
      assertThat(answer.at("/candidates/0/content/role").asString()).isEqualTo("model");
      assertThat(answer.at("/candidates/0/finishReason").asString()).isEqualTo("STOP");
      assertThat(answer.path("modelVersion").asString()).isEqualTo("m1");
      assertThat(total(answer)).isEqualTo(answer.at("/usageMetadata/totalTokenCount").intValue());
    }

    @Test
    void streamsChunksWithCrlfAndUsageSoFar() throws Exception {
      HttpResponse<String> response = Calls.post(gemini, Calls.GEMINI_STREAM, Calls.helloGemini());
      String body = response.body();
      List<JsonNode> events = Calls.events(body);

      assertThat(response.headers().firstValue("content-type")).contains("text/event-stream");
      assertThat(body.replace("\r\n", "")).doesNotContain("\n", "[DONE]");
      assertThat(Calls.streamedText(body)).isEqualTo(TEXT);
      assertThat(events)
          .extracting(event -> event.at("/usageMetadata/totalTokenCount").intValue())
          .isSorted();
      assertThat(events.subList(0, events.size() - 1))
          .noneMatch(event -> event.path("candidates").path(0).has("finishReason"));
      assertThat(events.getLast().at("/candidates/0/finishReason").asString()).isEqualTo("STOP");
      assertThat(total(events.getLast()))
          .isEqualTo(events.getLast().at("/usageMetadata/totalTokenCount").intValue());
    }

    @Test
    void streamsAnArrayUnlessEventsAreAskedFor() throws Exception {
      HttpResponse<String> response = Calls.post(gemini, Calls.GEMINI_ARRAY, Calls.helloGemini());
      JsonNode chunks = Calls.json(response.body());

      assertThat(response.headers().firstValue("content-type")).contains("application/json");
      assertThat(chunks.isArray()).isTrue();
      assertThat(chunks.get(0).at("/candidates/0/content/parts/0/text").asString())
          .isEqualTo("This");
    }

    @Test
    void callsAToolWholeAndWithASignature() throws Exception {
      String body = Calls.post(gemini, Calls.GEMINI_STREAM, Calls.helloGemini(TOOL)).body();
      JsonNode part = Calls.events(body).getFirst().at("/candidates/0/content/parts/0");

      assertThat(part.at("/functionCall/name").asString()).isEqualTo("look");
      assertThat(part.at("/functionCall/args/query").asString()).isEqualTo("Hello");
      assertThat(part.path("functionCall").has("id")).isFalse();
      assertThat(part.path("thoughtSignature").asString()).isNotEmpty();
    }

    @Test
    void newModelsGiveTheirCallsIds() throws Exception {
      String path = Calls.GEMINI_PATH.replace("m1", "gemini-3-pro-preview");
      String body = Calls.post(gemini, path, Calls.helloGemini(TOOL)).body();

      assertThat(Calls.json(body).at("/candidates/0/content/parts/0/functionCall/id").asString())
          .isNotEmpty();
    }

    @Test
    void showsThoughtsBeforeTheTextWhenAskedFor() throws Exception {
      String body = Calls.post(gemini, Calls.GEMINI_STREAM, Calls.helloGemini(THOUGHTS)).body();
      List<JsonNode> events = Calls.events(body);

      assertThat(events.getFirst().at("/candidates/0/content/parts/0/thought").booleanValue())
          .isTrue();
      assertThat(events.getLast().at("/usageMetadata/thoughtsTokenCount").intValue()).isPositive();
      assertThat(total(events.getLast()))
          .isEqualTo(events.getLast().at("/usageMetadata/totalTokenCount").intValue());
      assertThat(Calls.streamedText(body)).isEqualTo(TEXT);
    }

    @Test
    void aStoredPromptCountsAsCached() throws Exception {
      String more = ",\"cachedContent\":\"cachedContents/1\"";
      JsonNode usage =
          Calls.json(Calls.post(gemini, Calls.GEMINI_PATH, Calls.helloGemini(more)).body())
              .path("usageMetadata");

      assertThat(usage.path("cachedContentTokenCount").intValue())
          .isPositive()
          .isLessThan(usage.path("promptTokenCount").intValue());
    }

    @Test
    void aSchemaGetsJson() throws Exception {
      String more =
          ",\"generationConfig\":{\"responseMimeType\":\"application/json\",\"responseJsonSchema\":"
              + "{\"type\":\"object\",\"properties\":{\"age\":{\"type\":\"integer\"}}}}";
      String body = Calls.post(gemini, Calls.GEMINI_PATH, Calls.helloGemini(more)).body();

      assertThat(Calls.json(body).at("/candidates/0/content/parts/0/text").asString())
          .isEqualTo("{\"age\":1}");
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void aBlockedPromptHasFeedbackAndNoCandidates(boolean byScript) throws Exception {
      String hello = Calls.helloGemini();
      if (byScript) {
        gemini.configure("{\"script\":[\"content_policy\"]}");
      } else {
        hello = hello.replace("Hello", "Block this prompt");
      }
      HttpResponse<String> response = Calls.post(gemini, Calls.GEMINI_PATH, hello);
      JsonNode answer = Calls.json(response.body());

      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(answer.at("/promptFeedback/blockReason").asString())
          .isEqualTo("PROHIBITED_CONTENT");
      assertThat(answer.has("candidates")).isFalse();
    }

    @Test
    void countsTokensOfContentsAndOfAWholeRequest() throws Exception {
      String path = "/v1beta/models/m1:countTokens";
      String whole = "{\"generateContentRequest\":" + Calls.helloGemini() + "}";

      JsonNode count = Calls.json(Calls.post(gemini, path, Calls.helloGemini()).body());

      assertThat(count.path("totalTokens").intValue()).isEqualTo(2);
      assertThat(Calls.json(Calls.post(gemini, path, whole).body())).isEqualTo(count);
      assertThat(gemini.requests()).isEmpty();
    }

    @Test
    void listsModels() throws Exception {
      assertThat(
              Calls.json(Calls.get(gemini, "/v1beta/models").body())
                  .at("/models/0/name")
                  .asString())
          .isEqualTo("models/gemini-3-pro-preview");
    }
  }

  @Nested
  class Broken {
    @Test
    void aStreamWithoutItsEndHasNoFinishReason() throws Exception {
      gemini.configure("{\"script\":[\"missing_done\"]}");
      RawCall call = RawCall.post(gemini, Calls.GEMINI_STREAM, Calls.helloGemini());

      assertThat(call.ending()).isEqualTo(RawCall.Ending.BODY_ENDED);
      assertThat(Calls.streamedText(call.text())).isEqualTo(TEXT);
      assertThat(call.text()).doesNotContain("finishReason");
    }

    @ParameterizedTest
    @CsvSource({"stream_cut, RESET", "stream_end, BODY_ENDED", "stream_stall, STILL_OPEN"})
    void aStreamMayBreakBeforeAnyContentAndAfterItsHead(String fault, RawCall.Ending ending)
        throws Exception {
      gemini.configure("{\"script\":[\"" + fault + "\"],\"stream_fault_after_chunks\":0}");
      RawCall call = RawCall.post(gemini, Calls.GEMINI_STREAM, Calls.helloGemini());

      assertThat(call.ending()).isEqualTo(ending);
      assertThat(call.text()).startsWith("HTTP/1.1 200 OK").doesNotContain("data:");
    }

    @Test
    void anErrorComesInBand() throws Exception {
      gemini.configure("{\"script\":[\"error_in_stream\",\"error_in_stream\"]}");
      List<JsonNode> events =
          Calls.events(Calls.post(gemini, Calls.GEMINI_STREAM, Calls.helloGemini()).body());
      JsonNode array =
          Calls.json(Calls.post(gemini, Calls.GEMINI_ARRAY, Calls.helloGemini()).body());

      assertThat(events).hasSize(6);
      assertThat(events.getLast().at("/error/status").asString()).isEqualTo("UNAVAILABLE");
      assertThat(array.get(5).at("/error/code").intValue()).isEqualTo(503);
    }

    @Test
    void oneChunkIsNotJsonAndTheOthersAre() throws Exception {
      gemini.configure("{\"script\":[\"malformed\"],\"answer\":\"a b c\"}");
      String body = Calls.post(gemini, Calls.GEMINI_STREAM, Calls.helloGemini()).body();

      assertThat(body.lines().filter(line -> line.startsWith("data: {")))
          .hasSize(4)
          .filteredOn(line -> !line.endsWith("}"))
          .hasSize(1);
    }
  }

  @Nested
  class Refused {
    @ParameterizedTest
    @CsvSource({
      "rate_limit,       429, RESOURCE_EXHAUSTED",
      "server_error,     500, INTERNAL",
      "overloaded,       503, UNAVAILABLE",
      "quota,            429, RESOURCE_EXHAUSTED",
      "auth,             400, INVALID_ARGUMENT",
      "forbidden,        403, PERMISSION_DENIED",
      "model_not_found,  404, NOT_FOUND",
      "context_length,   400, INVALID_ARGUMENT",
      "bad_request,      400, INVALID_ARGUMENT",
      "prefill_refused,  400, INVALID_ARGUMENT",
      "conflict,         409, ABORTED",
      "request_timeout,  504, DEADLINE_EXCEEDED",
    })
    void inGooglesShape(String fault, int status, String name) throws Exception {
      gemini.configure("{\"script\":[\"" + fault + "\"]}");
      HttpResponse<String> response =
          Calls.post(gemini, Calls.GEMINI_STREAM, Calls.helloGemini().replace("user", "model"));
      JsonNode error = Calls.json(response.body()).path("error");

      assertThat(response.statusCode()).isEqualTo(status);
      assertThat(response.headers().firstValue("content-type")).contains("text/event-stream");
      assertThat(error.path("code").intValue()).isEqualTo(status);
      assertThat(error.path("status").asString()).isEqualTo(name);
      assertThat(gemini.requests().getFirst().fault()).isEqualTo(fault);
    }

    @Test
    void theWaitOfARateLimitIsInTheBody() throws Exception {
      gemini.configure("{\"script\":[\"rate_limit\"],\"retry_after_seconds\":1.5}");
      HttpResponse<String> response = Calls.post(gemini, Calls.GEMINI_ARRAY, Calls.helloGemini());

      assertThat(response.headers().firstValue("retry-after")).isEmpty();
      assertThat(Calls.json(response.body()).at("/0/error/details/1/retryDelay").asString())
          .isEqualTo("1.5s");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "nonsense                                | Invalid JSON payload received",
          "[]                                      | Invalid JSON payload received",
          "{}                                      | contents is not specified",
          "{\"contents\":[{\"role\":\"assistant\"}]} | Please use a valid role: user, model.",
        })
    void whatCannotBeRead(String body, String message) throws Exception {
      HttpResponse<String> response = Calls.post(gemini, Calls.GEMINI_PATH, body);

      assertThat(response.statusCode()).isEqualTo(400);
      assertThat(Calls.json(response.body()).at("/error/message").asString()).contains(message);
    }

    @Test
    void whatHasNoPlace() throws Exception {
      assertThat(Calls.get(gemini, Calls.GEMINI_PATH).statusCode()).isEqualTo(405);
      assertThat(Calls.post(gemini, "/v1beta/models/m1:embedContent", "{}").statusCode())
          .isEqualTo(404);
    }
  }

  private static int total(JsonNode response) {
    JsonNode usage = response.path("usageMetadata");
    return usage.path("promptTokenCount").intValue()
        + usage.path("candidatesTokenCount").intValue()
        + usage.path("thoughtsTokenCount").intValue(0);
  }
}
