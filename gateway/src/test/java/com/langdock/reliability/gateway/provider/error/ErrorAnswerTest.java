package com.langdock.reliability.gateway.provider.error;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.ProviderReply;
import com.langdock.reliability.gateway.provider.Body;
import com.langdock.reliability.gateway.provider.Replies;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorAnswerTest {
  @ParameterizedTest
  @CsvSource({
    "400, request_rejected",
    "401, credential_rejected",
    "402, quota_exhausted",
    "403, credential_rejected",
    "404, server_error",
    "405, request_rejected",
    "408, server_error",
    "409, server_error",
    "413, request_rejected",
    "422, request_rejected",
    "424, server_error",
    "429, rate_limited",
    "498, overloaded",
    "499, server_error",
    "500, server_error",
    "502, server_error",
    "503, overloaded",
    "504, server_error",
    "520, server_error",
    "529, overloaded",
    "302, server_error"
  })
  void theStatusDecidesWhereTheBodySaysNothing(int status, String word) {
    assertThat(failure(status, "<html>").word()).isEqualTo(word);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          429 | quota_exhausted         | {"error":{"type":"insufficient_quota","code":null}}
          429 | quota_exhausted         | {"error":{"code":"organization_spend_limit_exceeded"}}
          429 | quota_exhausted         | {"type":"error","error":{"type":"rate_limit_error",\
          "details":{"error_code":"enforced_spend_limit_reached"}}}
          429 | rate_limited            | {"type":"error","error":{"type":"rate_limit_error",\
          "details":{"error_code":"ramp_limit_exceeded"}}}
          413 | rate_limited            | {"error":{"type":"tokens","code":"rate_limit_exceeded"}}
          503 | overloaded              | {"error":{"type":"server_error","code":null}}
          500 | overloaded              | {"error":{"code":"server_is_overloaded"}}
          400 | content_policy          | {"error":{"code":"content_filter"}}
          400 | content_policy          | {"error":{"code":"content_policy_violation"}}
          403 | content_policy          | {"error":{"code":403,"metadata":{"reasons":["hate"]}}}
          403 | credential_rejected     | {"error":{"code":"unsupported_country_region_territory"}}
          400 | credential_rejected     | [{"error":{"code":400,"status":"INVALID_ARGUMENT",\
          "details":[{"reason":"API_KEY_INVALID"}]}}]
          404 | model_not_found         | {"error":{"code":"NOT_FOUND","type":"x"}}
          404 | model_not_found         | {"error":"model 'x' not found"}
          404 | model_not_found         | {"object":"error","type":"NotFoundError","code":404}
          404 | model_not_found         | {"error":{"message":"No endpoints found","code":404}}
          404 | server_error            | {"detail":"Not Found"}
          404 | server_error            | {"error":{"type":"invalid_request_error","code":null}}
          400 | context_length_exceeded | {"error":{"code":"context_length_exceeded"}}
          400 | context_length_exceeded | {"error":{"message":"input length and `max_tokens` \
          exceed context limit: 178959 + 64000 > 200000, decrease input length"}}
          400 | request_rejected        | {"error":{"message":"Do not say: prompt is too long: 2 \
          tokens > 1 maximum"}}
          422 | request_rejected        | {"error":{"message":"prompt is too long: 2 tokens > 1 \
          maximum"}}
          """)
  void theBodyDecidesWhereItSaysMore(int status, String word, String body) {
    assertThat(failure(status, body).word()).isEqualTo(word);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          rate_limited            | {"error":{"code":429,"message":"slow"}}
          server_error            | {"error":{"code":502,"message":"down"}}
          overloaded              | {"error":{"type":"overloaded_error"}}
          server_error            | {"error":{"type":"api_error"}}
          server_error            | {"error":{"message":"?"}}
          request_rejected        | {"error":{"type":"invalid_request_error"}}
          request_rejected        | {"error":{"code":"tool_use_failed","status_code":400}}
          context_length_exceeded | {"error":{"message":"This model's maximum context length is \
          1024 tokens. However, you requested 1029 tokens","code":400}}
          """)
  void anErrorInsideASuccessSpeaksForItself(String word, String body) {
    Failure failure = failure(200, body);

    assertThat(failure.word()).isEqualTo(word);
    assertThat(failure.status()).hasValue(200);
  }

  @Test
  void theReplyHoldsWhatTheProviderSaid() {
    String body =
        "{\"error\":{\"message\":\"No.\",\"type\":\"t\",\"param\":\"messages\",\"code\":\"c\"}}";

    assertThat(reply(400, body)).isEqualTo(new ProviderReply(400, "t", "c", "messages", "No."));
  }

  @Test
  void aStructuredMessageIsKeptAsItIs() {
    assertThat(reply(422, "{\"detail\":[{\"loc\":[\"body\"]}]}").message())
        .isEqualTo("[{\"loc\":[\"body\"]}]");
  }

  @Test
  void anEndlessMessageIsCut() {
    String body = "{\"error\":{\"message\":\"%s\"}}".formatted("x".repeat(9_000));

    assertThat(reply(400, body).message()).hasSize(2_000);
  }

  @Test
  void aRateLimitAndAnOverloadCarryTheirWait() {
    Map<String, String> headers = Map.of("retry-after", "3");

    assertThat(ErrorAnswer.failure(Replies.head(429, headers), null).retryAfterNanos())
        .hasValue(3_000_000_000L);
    assertThat(ErrorAnswer.failure(Replies.head(503, headers), null).retryAfterNanos())
        .hasValue(3_000_000_000L);
  }

  private static ProviderReply reply(int status, String body) {
    return ((Failure.Answered) failure(status, body)).reply();
  }

  private static Failure failure(int status, String body) {
    return ErrorAnswer.failure(Replies.head(status), Body.json(body.getBytes(UTF_8)));
  }
}
