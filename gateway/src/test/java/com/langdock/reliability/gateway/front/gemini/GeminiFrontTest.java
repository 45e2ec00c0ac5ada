package com.langdock.reliability.gateway.front.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.access.EndpointName;
import com.langdock.reliability.core.access.Rights;
import com.langdock.reliability.core.domain.Body;
import com.langdock.reliability.core.domain.ModelCatalog;
import com.langdock.reliability.core.domain.ModelFacts;
import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.exchange.WholeAnswer;
import com.langdock.reliability.gateway.exchange.WireFormat;
import com.langdock.reliability.gateway.front.AnswerFacts;
import com.langdock.reliability.gateway.front.ApiError;
import com.langdock.reliability.gateway.front.Front.Page;
import com.langdock.reliability.gateway.front.Front.Reading;
import com.langdock.reliability.gateway.front.RequestHead;
import com.langdock.reliability.gateway.provider.Exchanges;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GeminiFrontTest {
  private static final String MODELS = "/v1beta/models/";
  private static final String VALID = "{'contents':[{'parts':[{'text':'Hi'}]}]}";

  private final GeminiFront front =
      new GeminiFront(
          new ModelCatalog(
              Map.of(
                  "m",
                  new ModelFacts(OptionalLong.of(10), OptionalLong.empty(), false, false, null))),
          List.of(new Target("p", "m"), new Target("p", "org/x:7b"), new Target("q", "m")));

  private Reading read(String path, String json) {
    byte[] body = json.replace('\'', '"').getBytes(UTF_8);
    return front.read(new RequestHead(path, "key=secret", Map.of()), Body.of(body), true);
  }

  private Exchange accepted(String path, String json) {
    return ((Reading.Accepted) read(path, json)).exchange();
  }

  private ApiError refused(String path, String json) {
    return ((Reading.Refused) read(path, json)).error();
  }

  @Nested
  class Requests {
    @ParameterizedTest
    @CsvSource({
      "/v1beta/models/m:generateContent, m, ANSWER, false",
      "/v1/models/m:streamGenerateContent, m, ANSWER, true",
      "/v1alpha/models/m:countTokens, m, COUNT_TOKENS, false",
      "/v1beta/models/org/x:7b:generateContent, org/x:7b, ANSWER, false",
      "/v1beta/models/org%2Fx%3A7b:generateContent, org/x:7b, ANSWER, false",
    })
    void nameModelAndMethodInThePath(
        String path, String model, Exchange.Task task, boolean stream) {
      assertThat(front.endpoint(path)).isEqualTo(EndpointName.GEMINI);
      Exchange exchange = accepted(path, VALID);

      assertThat(exchange.model()).isEqualTo(model);
      assertThat(exchange.task()).isEqualTo(task);
      assertThat(exchange.stream()).isEqualTo(stream);
      assertThat(exchange.payload().format()).isEqualTo(WireFormat.GEMINI);
      assertThat(exchange.payload().headers()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "/v1beta/models/m:embedContent",
          "/v1beta/models/m",
          "/v1/models",
          "/v1/chat/completions",
          "/v1beta/cachedContents"
        })
    void ofOtherKindsAreNotTaken(String path) {
      assertThat(front.endpoint(path)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "[] | invalid_json | ",
          "{} | missing_field | contents",
          "{\"contents\":[]} | invalid_value | contents",
          "{\"contents\":\"Hi\"} | invalid_value | contents",
          "{\"contents\":[{}],\"client_id\":1} | invalid_value | client_id",
        })
    void thatNoProviderCouldReadAreRefused(String json, String code, String param) {
      ApiError error = refused(MODELS + "m:generateContent", json);

      assertThat(error.code()).isEqualTo(code);
      assertThat(error.param()).isEqualTo(param);
    }

    @Test
    void mayCountAWholeRequestInside() {
      Exchange exchange =
          accepted(MODELS + "m:countTokens", "{'generateContentRequest':" + VALID + "}");

      assertThat(exchange.estimatedInputTokens()).isPositive();
    }

    @Test
    void forUnknownModelsAndTooLongPromptsAreToldInKnownWords() {
      assertThat(refused(MODELS + "none:generateContent", VALID).message())
          .isEqualTo(
              "models/none is not found for API version v1beta, or is not supported for"
                  + " generateContent.");
      assertThat(
              refused(MODELS + "m:generateContent", VALID.replace("Hi", "x".repeat(100))).message())
          .matches(
              "The input token count \\(\\d+\\) exceeds the maximum number of tokens allowed"
                  + " \\(10\\)\\.");
    }
  }

  @Nested
  class Pages {
    @Test
    void listTheModelsOnce() {
      Page page = Objects.requireNonNull(front.page("/v1beta/models", Rights.ALL));

      assertThat(new String(((Page.Json) page).body(), UTF_8))
          .isEqualTo(
              "{\"models\":[{\"name\":\"models/m\",\"displayName\":\"m\",\"inputTokenLimit\":10,"
                  + "\"supportedGenerationMethods\":[\"generateContent\",\"countTokens\"]},"
                  + "{\"name\":\"models/org/x:7b\",\"displayName\":\"org/x:7b\","
                  + "\"supportedGenerationMethods\":[\"generateContent\",\"countTokens\"]}]}");
    }

    @Test
    void showOneModel() {
      assertThat(front.page("/v1beta/models/org/x:7b", Rights.ALL)).isInstanceOf(Page.Json.class);
      assertThat(front.page("/v1beta/models/none", Rights.ALL)).isInstanceOf(Page.Missing.class);
      assertThat(front.page("/v1/models", Rights.ALL)).isInstanceOf(Page.Json.class);
      assertThat(front.page("/v1/files", Rights.ALL)).isNull();
    }

    @Test
    void areSpokenByClientsWithAKeyOfGoogles() {
      assertThat(front.isSpoken(new RequestHead("/v1/x", "", Map.of("x-goog-api-key", "k"))))
          .isTrue();
      assertThat(front.isSpoken(new RequestHead("/v1beta/x", "", Map.of()))).isTrue();
      assertThat(front.isSpoken(new RequestHead("/v1/x", "alt=json&key=k", Map.of()))).isTrue();
      assertThat(front.isSpoken(new RequestHead("/v1/x", "", Map.of()))).isFalse();
    }
  }

  @Nested
  class Answers {
    @Test
    void ofItsOwnFormatStayAsTheyAre() {
      byte[] json = "{\"candidates\":[] }".getBytes(UTF_8);
      WholeAnswer raw = new WholeAnswer.Raw(json, Exchanges.json("{}"), Usage.NONE, List::of);
      AnswerFacts facts = new AnswerFacts("req_1", "p", 1, 2, 3);

      assertThat(front.answer(raw, accepted(MODELS + "m:generateContent", VALID), facts))
          .isSameAs(json);
    }

    @Test
    void areEstimatesWhereNobodyCounts() {
      Exchange count = accepted(MODELS + "m:countTokens", VALID);

      assertThat(new String(Objects.requireNonNull(front.ownAnswer(count, null)).body(), UTF_8))
          .matches("\\{\"totalTokens\":\\d+}");
      assertThat(front.ownAnswer(accepted(MODELS + "m:generateContent", VALID), null)).isNull();
    }
  }

  @Nested
  class Errors {
    @ParameterizedTest
    @CsvSource({
      "400, INVALID_ARGUMENT",
      "401, UNAUTHENTICATED",
      "403, PERMISSION_DENIED",
      "404, NOT_FOUND",
      "413, INVALID_ARGUMENT",
      "429, RESOURCE_EXHAUSTED",
      "500, INTERNAL",
      "502, UNAVAILABLE",
      "503, UNAVAILABLE",
      "504, DEADLINE_EXCEEDED",
    })
    void haveGooglesStatus(int status, String name) {
      ApiError error = ApiError.invalid(status, "some_code", "No.", "messages");

      assertThat(new String(front.error(error, "r"), UTF_8))
          .isEqualTo(
              ("{\"error\":{\"code\":%d,\"message\":\"No.\",\"status\":\"%s\",\"details\":[{"
                      + "\"@type\":\"type.googleapis.com/google.rpc.ErrorInfo\","
                      + "\"reason\":\"SOME_CODE\",\"domain\":\"gateway\","
                      + "\"metadata\":{\"request_id\":\"r\",\"field\":\"contents\"}}]}}")
                  .formatted(status, name));
    }

    @Test
    void sayWhenToAskAgain() {
      ApiError error = ApiError.unavailable("circuit_open", "Later.", OptionalLong.of(1));

      assertThat(new String(front.error(error, "r"), UTF_8)).contains("\"retryDelay\":\"1s\"");
      assertThat(new String(front.streamError(error, "r", null), UTF_8))
          .startsWith("data: {\"error\":{\"code\":503")
          .endsWith("\n\n");
    }
  }
}
