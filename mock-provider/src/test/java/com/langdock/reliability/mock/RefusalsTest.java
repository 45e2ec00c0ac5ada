package com.langdock.reliability.mock;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Answers with an error status, in each provider's format. */
@Tag("e2e")
class RefusalsTest extends AllProviders {
  @ParameterizedTest
  @CsvSource({
    "rate_limit,       429, tokens,                    rate_limit_exceeded",
    "server_error,     500, server_error,              ",
    "overloaded,       503, service_unavailable_error, server_is_overloaded",
    "quota,            429, insufficient_quota,        insufficient_quota",
    "auth,             401, invalid_request_error,     invalid_api_key",
    "forbidden,        403, request_forbidden,         unsupported_country_region_territory",
    "model_not_found,  404, invalid_request_error,     model_not_found",
    "context_length,   400, invalid_request_error,     context_length_exceeded",
    "content_policy,   400, invalid_request_error,     content_policy_violation",
    "bad_request,      400, invalid_request_error,     unsupported_value",
    "prefill_refused,  400, invalid_request_error,     invalid_value",
    "conflict,         409, invalid_request_error,     ",
    "request_timeout,  408, invalid_request_error,     ",
  })
  void openAiRefuses(String fault, int status, String type, String code) throws Exception {
    openAi.configure("{\"script\":[\"" + fault + "\"]}");
    HttpResponse<String> response = Calls.post(openAi, Calls.OPENAI_PATH, endingInAssistant());
    JsonNode error = Calls.json(response.body()).path("error");

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(error.path("type").asString()).isEqualTo(type);
    assertThat(error.path("code").stringValue(null)).isEqualTo(code);
    assertThat(error.propertyNames()).containsExactly("message", "type", "param", "code");
    assertThat(openAi.requests().getFirst().fault()).isEqualTo(fault);
  }

  @ParameterizedTest
  @CsvSource({
    "rate_limit,       429, rate_limit_error",
    "server_error,     500, api_error",
    "overloaded,       529, overloaded_error",
    "quota,            402, billing_error",
    "auth,             401, authentication_error",
    "forbidden,        403, permission_error",
    "model_not_found,  404, not_found_error",
    "context_length,   400, invalid_request_error",
    "content_policy,   400, invalid_request_error",
    "bad_request,      400, invalid_request_error",
    "prefill_refused,  400, invalid_request_error",
    "conflict,         409, conflict_error",
    "request_timeout,  408, timeout_error",
  })
  void anthropicRefuses(String fault, int status, String type) throws Exception {
    anthropic.configure("{\"script\":[\"" + fault + "\"]}");
    HttpResponse<String> response =
        Calls.post(anthropic, Calls.ANTHROPIC_PATH, endingInAssistant());
    JsonNode body = Calls.json(response.body());

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(body.path("type").asString()).isEqualTo("error");
    assertThat(body.path("error").path("type").asString()).isEqualTo(type);
    assertThat(body.path("request_id").asString())
        .isEqualTo(response.headers().firstValue("request-id").orElseThrow());
    assertThat(anthropic.requests().getFirst().fault()).isEqualTo(fault);
  }

  @Nested
  class Details {
    @Test
    void aRateLimitHasARetryAfterIfConfigured() throws Exception {
      openAi.configure("{\"rate_limit_probability\":1,\"retry_after_seconds\":3}");
      HttpResponse<String> response = Calls.post(openAi, Calls.OPENAI_PATH, Calls.hello(false));

      assertThat(response.statusCode()).isEqualTo(429);
      assertThat(response.headers().firstValue("retry-after")).contains("3");
    }

    @Test
    void aRateLimitMayGiveADate() throws Exception {
      openAi.configure(
          """
          {"rate_limit_probability":1,"retry_after_seconds":3,"rate_limit_retry_after_date":true}
          """);
      HttpResponse<String> response = Calls.post(openAi, Calls.OPENAI_PATH, Calls.hello(false));

      assertThat(response.headers().firstValue("retry-after").orElseThrow()).endsWith(" GMT");
    }

    @Test
    void theStatusOfAServerErrorCanBeChosen() throws Exception {
      openAi.configure("{\"server_error_probability\":1,\"server_error_status\":502}");

      assertThat(Calls.post(openAi, Calls.OPENAI_PATH, Calls.hello(true)).statusCode())
          .isEqualTo(502);
    }

    @Test
    void aPrefillIsRefusedEveryTimeWhereItIsNotSupported() throws Exception {
      anthropic.configure("{\"prefill_supported\":false,\"script\":[\"rate_limit\"]}");

      assertThat(Calls.post(anthropic, Calls.ANTHROPIC_PATH, endingInAssistant()).body())
          .contains("does not support assistant message prefill");
      assertThat(Calls.post(anthropic, Calls.ANTHROPIC_PATH, Calls.hello(false)).statusCode())
          .isEqualTo(429);
    }
  }

  @Nested
  class BadRequests {
    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "[1]", "{\"model\":", "{}", "\u0000\u0001", "null"})
    void getA400InTheProvidersFormatAndUseUpNoScript(String body) throws Exception {
      openAi.configure("{\"script\":[\"rate_limit\"]}");
      HttpResponse<String> atOpenAi = Calls.post(openAi, Calls.OPENAI_PATH, body);
      HttpResponse<String> atAnthropic = Calls.post(anthropic, Calls.ANTHROPIC_PATH, body);

      assertThat(atOpenAi.statusCode()).isEqualTo(400);
      assertThat(Calls.json(atOpenAi.body()).at("/error/type").asString())
          .isEqualTo("invalid_request_error");
      assertThat(atAnthropic.statusCode()).isEqualTo(400);
      assertThat(Calls.json(atAnthropic.body()).at("/error/type").asString())
          .isEqualTo("invalid_request_error");
      assertThat(Calls.post(openAi, Calls.OPENAI_PATH, Calls.hello(false)).statusCode())
          .isEqualTo(429);
    }

    @Test
    void endlessNestingIsA400() throws Exception {
      assertThat(Calls.post(openAi, Calls.OPENAI_PATH, "[".repeat(100_000)).statusCode())
          .isEqualTo(400);
    }

    @Test
    void wrongPathsAndMethodsGetTheProvidersErrors() throws Exception {
      assertThat(Calls.get(openAi, "/nowhere").statusCode()).isEqualTo(404);
      assertThat(Calls.get(openAi, Calls.OPENAI_PATH).statusCode()).isEqualTo(405);
      assertThat(Calls.json(Calls.get(anthropic, "/nowhere").body()).at("/error/type").asString())
          .isEqualTo("not_found_error");
    }
  }

  private static String endingInAssistant() {
    return """
    {"model":"m1","max_tokens":9,"messages":[{"role":"user","content":"Hi"},
     {"role":"assistant","content":"This is"}]}
    """;
  }
}
