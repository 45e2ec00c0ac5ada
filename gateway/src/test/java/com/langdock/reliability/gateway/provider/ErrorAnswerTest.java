package com.langdock.reliability.gateway.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.ProviderReply;
import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonValue;
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
    "403, provider_refused",
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
  void classifiesByStatusWhenTheBodyIsNotSpecific(int status, String code) {
    assertThat(failure(status, "<html>").word()).isEqualTo(code);
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
          422 | context_length_exceeded | {"error":{"message":"prompt is too long: 2 tokens > 1 \
          maximum"}}
          403 | provider_refused        | {"error":{"message":"Your prompt was blocked"}}
          403 | provider_refused        | {"message":"Forbidden"}
          403 | provider_refused        | {"error":{"message":"The prompt 'delete my account' is \
          not allowed","type":"invalid_request_error"}}
          403 | credential_rejected     | {"type":"error","error":{"type":"permission_error",\
          "message":"Your API key does not have permission to use the specified resource."}}
          403 | credential_rejected     | {"message":"The security token included in the request \
          is expired"}
          403 | credential_rejected     | {"error":{"code":403,"status":"PERMISSION_DENIED"}}
          403 | quota_exhausted         | {"code":"The caller does not have permission to execute \
          the specified operation","error":"Your newly created team doesn't have any credits yet."}
          429 | rate_limited            | {"error":{"code":429,"status":"RESOURCE_EXHAUSTED",\
          "details":[{"violations":[{"quotaId":"RequestsPerMinutePerProject"}]}]}}
          429 | quota_exhausted         | {"error":{"code":429,"status":"RESOURCE_EXHAUSTED",\
          "details":[{"violations":[{"quotaId":"RequestsPerDayPerProject"}]}]}}
          429 | quota_exhausted         | {"error":{"code":429,"status":"RESOURCE_EXHAUSTED",\
          "details":[{"violations":[{"quotaId":"RequestsPerDay"}]},{"retryDelay":"41s"}]}}
          499 | server_error            | {"error":{"code":499,"status":"CANCELLED"}}
          504 | server_error            | {"error":{"code":504,"status":"DEADLINE_EXCEEDED"}}
          """)
  void classifiesByBodyWhenItIsMoreSpecific(int status, String code, String body) {
    assertThat(failure(status, body).word()).isEqualTo(code);
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
  void classifiesAnErrorInsideASuccess(String code, String body) {
    Failure failure = failure(200, body);

    assertThat(failure.word()).isEqualTo(code);
    assertThat(failure.status()).hasValue(200);
  }

  @Test
  void keepsTheProvidersErrorInTheReply() {
    String body =
        "{\"error\":{\"message\":\"No.\",\"type\":\"t\",\"param\":\"messages\",\"code\":\"c\"}}";

    assertThat(reply(400, body)).isEqualTo(new ProviderReply(400, "t", "c", "messages", "No."));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          messages[0].content | messages[0].content: Field required | {"detail":[{"loc":["body",\
          "messages",0,"content"],"msg":"Field required","input":{"secret":1}}]}
          seed                | seed: a; x: b | {"object":"error","message":{"detail":[{"loc":\
          ["body","seed"],"msg":"a"},{"loc":["x"],"msg":"b"}]},"code":"3051"}
                              | Busy          | {"errors":[{"message":"Busy","code":5007}]}
                              | a; b          | {"errors":["a","b"]}
                              | No.           | {"message":{"error":{"message":"No."}}}
                              | ``            | {"error":{"code":5}}
          """)
  void readsTheMessageOfEveryErrorShape(String param, String message, String body) {
    ProviderReply reply = reply(422, body);

    assertThat(reply.message()).isEqualTo(message == null ? "" : message);
    assertThat(reply.param()).isEqualTo(param);
  }

  @Test
  void truncatesALongCodeAndParameter() {
    String body =
        "{\"error\":{\"code\":\"%1$s\",\"param\":\"%1$s\",\"type\":\"%1$s\"}}"
            .formatted("x".repeat(9_000));

    assertThat(reply(400, body))
        .extracting(ProviderReply::code, ProviderReply::param, ProviderReply::type)
        .allSatisfy(code -> assertThat((String) code).hasSize(200));
  }

  @Test
  void readsTheErrorNameFromAwsHeader() {
    Map<String, String> headers =
        Map.of("x-amzn-errortype", "ThrottlingException:http://internal.amazon.com/coral/");
    JsonValue body = JsonBody.json("{\"message\":\"Too many tokens\"}".getBytes(UTF_8));

    assertThat(ErrorAnswer.failure(Replies.head(400, headers), body).word())
        .isEqualTo("rate_limited");
  }

  @Test
  void aMissingPermissionThatNamesTheModelIsForThatModelOnly() {
    String of = "{\"error\":{\"type\":\"permission_error\",\"message\":\"%s\"}}";

    assertThat(isOfModel(403, of.formatted("No access to model claude-x"))).isTrue();
    assertThat(isOfModel(403, of.formatted("Your API key does not have permission"))).isFalse();
    assertThat(isOfModel(401, of.formatted("No access to model claude-x"))).isFalse();
  }

  private static boolean isOfModel(int status, String body) {
    return ((Failure.CredentialRejected) failure(status, body)).ofModel();
  }

  @Test
  void truncatesALongMessage() {
    String body = "{\"error\":{\"message\":\"%s\"}}".formatted("x".repeat(9_000));

    assertThat(reply(400, body).message()).hasSize(2_000);
  }

  @Test
  void aSpendLimitIsARateLimitOnlyWithARetryTime() {
    JsonValue body =
        JsonBody.json(
            ("{\"error\":{\"type\":\"rate_limit_error\",\"message\":\"This would exceed your "
                    + "organization's monthly spend limit.\"}}")
                .getBytes(UTF_8));

    assertThat(ErrorAnswer.failure(Replies.head(429), body).word()).isEqualTo("quota_exhausted");
    assertThat(ErrorAnswer.failure(Replies.head(429, Map.of("retry-after", "9")), body).word())
        .isEqualTo("rate_limited");
  }

  @Test
  void readsTheWaitOfARateLimitAndAnOverload() {
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
    return ErrorAnswer.failure(Replies.head(status), JsonBody.json(body.getBytes(UTF_8)));
  }

  @ParameterizedTest
  @CsvSource({
    "401, '', true",
    "403, ExpiredTokenException:http://internal.amazon.com/, true",
    "403, UnrecognizedClientException, true",
    "403, AccessDeniedException, false",
    "403, InvalidSignatureException, false",
  })
  void aRejectedCredentialMayHaveExpired(int status, String type, boolean expired) {
    Failure failure =
        ErrorAnswer.failure(
            Replies.head(status, Map.of("x-amzn-errortype", type)),
            JsonBody.json("{\"message\":\"No.\"}".getBytes(UTF_8)));
    assertThat(((Failure.CredentialRejected) failure).mayHaveExpired()).isEqualTo(expired);
  }
}
