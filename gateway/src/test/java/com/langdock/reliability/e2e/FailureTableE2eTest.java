package com.langdock.reliability.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.mock.log.SeenRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every line of the failure table that is not about streams, observed on both sides by the clients
 * of every API.
 */
@Tag("e2e")
@ParameterizedClass
@MethodSource("com.langdock.reliability.e2e.Client#all")
class FailureTableE2eTest {
  private static final Question GPT = Question.of("gpt-4", false, "Say hi");
  private static final Question ALONE = Question.of("gpt-3.5-turbo", false, "Say hi");

  private final GatewayFixture fixture = GatewayFixture.open();
  private final Client client;

  FailureTableE2eTest(Client client) {
    this.client = client;
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  /** A model with one target: the number of calls, and the error for the client. */
  @ParameterizedTest
  @CsvSource({
    // fault, calls, status, code, metric
    "reset, 3, 502, provider_unreachable, connection_reset",
    "server_error, 3, 502, provider_error, server_error",
    "request_timeout, 3, 502, provider_error, server_error",
    "conflict, 3, 502, provider_error, server_error",
    "overloaded, 3, 503, provider_overloaded, overloaded",
    "malformed, 3, 502, malformed_response, malformed_response",
    "empty, 3, 502, malformed_response, malformed_response",
    "html, 3, 502, malformed_response, malformed_response",
    "timeout, 3, 504, provider_timeout, timeout",
    "rate_limit, 3, 429, rate_limit_exceeded, rate_limited",
    "quota, 1, 429, quota_exhausted, quota_exhausted",
    "auth, 1, 502, provider_auth_failed, credential_rejected",
    "forbidden, 1, 502, provider_auth_failed, credential_rejected",
    "model_not_found, 1, 404, model_not_found, model_not_found",
    "context_length, 1, 400, context_length_exceeded, context_length_exceeded",
    "content_policy, 1, 400, content_policy_violation, content_policy"
  })
  void withoutAnotherTarget(String fault, int calls, int status, String code, String word) {
    script(fault, fault, fault);
    Reply reply = isError(ALONE, status, code);
    assertThat(fixture.seenByOpenai()).hasSize(calls);
    assertThat(reply.header("x-should-retry").isEmpty())
        .isNotEqualTo(reply.header("retry-after").isEmpty());
    assertThat(reply.header("x-attempts")).isEqualTo(Integer.toString(calls));
    assertThat(fixture.attempts("openai", word)).isEqualTo(calls);
    assertThat(fixture.metric("gateway_requests_total", Map.of("outcome", code))).isEqualTo(1);
  }

  /** A model with a fallback: the number of calls to the first target before the second answers. */
  @ParameterizedTest
  @CsvSource({
    "reset, 2", "server_error, 2", "overloaded, 2", "malformed, 2", "empty, 2", "html, 2",
    "timeout, 1", "rate_limit, 1", "quota, 1", "auth, 1", "forbidden, 1", "model_not_found, 1",
    "context_length, 1"
  })
  void withAnotherTarget(String fault, int calls) {
    script(fault, fault, fault);
    Reply reply = isAnswered(GPT, "anthropic");
    assertThat(reply.header("x-model")).isEqualTo("claude-3-opus");
    assertThat(fixture.seenByOpenai()).hasSize(calls);
    assertThat(fixture.anthropic.requests()).hasSize(1);
    assertThat(fixture.attempts("anthropic", "success")).isEqualTo(1);
    assertThat(fixture.metric("gateway_failovers_total", Map.of("from", "openai"))).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"content_policy, content_policy_violation", "bad_request, unsupported_value"})
  void anInvalidRequestDoesNotFailOver(String fault, String code) {
    script(fault);
    Reply reply = isError(GPT, 400, code);
    assertThat(fixture.anthropic.requests()).isEmpty();
    assertThat(reply.error().toString())
        .containsAnyOf("\"invalid_request_error\"", "\"INVALID_ARGUMENT\"");
  }

  @Test
  void aTemporaryFailureIsHiddenFromTheClient() {
    script("server_error", "ok");
    Reply reply = isAnswered(GPT, "openai");
    assertThat(reply.trail()).isEqualTo("openai/gpt-4:500 openai/gpt-4:200");
    assertThat(gapMillis(0)).isGreaterThanOrEqualTo(29);
    assertThat(fixture.metric("gateway_retries_total", Map.of("provider", "openai"))).isEqualTo(1);
  }

  @Test
  void aShortRetryAfterIsWaitedForExactly() {
    fixture.openai.configure("{\"script\":[\"rate_limit\",\"ok\"],\"retry_after_seconds\":1}");
    Reply reply = isAnswered(GPT, "openai");
    assertThat(reply.trail()).isEqualTo("openai/gpt-4:429 openai/gpt-4:200");
    assertThat(gapMillis(0)).isBetween(990L, 1_800L);
  }

  @Test
  void aRetryAfterAsADateIsNotUndercut() {
    fixture.openai.configure(
        "{\"script\":[\"rate_limit\",\"ok\"],\"retry_after_seconds\":2,"
            + "\"rate_limit_retry_after_date\":true}");
    isAnswered(ALONE, "openai");
    assertThat(gapMillis(0)).isGreaterThanOrEqualTo(950L);
  }

  @Test
  void aLongRetryAfterPausesTheTargetForAllRequests() {
    fixture.openai.configure("{\"rate_limit_probability\":1,\"retry_after_seconds\":30}");
    isAnswered(GPT, "anthropic");
    isAnswered(GPT, "anthropic");
    assertThat(fixture.seenByOpenai()).hasSize(1);
  }

  @Test
  void aLongRetryAfterIsReturnedWithoutAnotherTarget() {
    fixture.openai.configure("{\"rate_limit_probability\":1,\"retry_after_seconds\":30}");
    isError(ALONE, 429, "rate_limit_exceeded");
    Reply again = isError(ALONE, 429, "rate_limit_exceeded");
    assertThat(Integer.parseInt(again.header("retry-after"))).isBetween(28, 30);
    assertThat(fixture.seenByOpenai()).hasSize(1);
  }

  @Test
  void anOpenCircuitIsSkippedAndRecovers() throws InterruptedException {
    fixture.openai.configure("{\"server_error_probability\":1}");
    isAnswered(GPT, "anthropic");
    isAnswered(GPT, "anthropic");
    isAnswered(GPT, "anthropic");
    assertThat(fixture.seenByOpenai()).hasSize(5);
    assertThat(breakerIs("open")).isTrue();

    Reply straight = isAnswered(GPT, "anthropic");
    assertThat(straight.trail()).isEqualTo("anthropic/claude-3-opus:200");
    assertThat(fixture.seenByOpenai()).hasSize(5);
    assertThat(fixture.get("/health/ready").status()).isEqualTo(200);

    fixture.openai.configure("{}");
    Thread.sleep(750);
    isAnswered(GPT, "openai");
    assertThat(breakerIs("closed")).isTrue();
  }

  @Test
  void aModelsOpenCircuitDoesNotAffectOtherModels() {
    fixture.openai.configure("{\"server_error_probability\":1}");
    isError(ALONE, 502, "provider_error");
    isError(ALONE, 502, "provider_error");
    Reply refused = isError(ALONE, 503, "circuit_open");
    assertThat(refused.header("retry-after")).isEqualTo("1");
    assertThat(refused.header("x-attempts")).isIn("", "0");
    assertThat(fixture.seenByOpenai()).hasSize(5);

    fixture.openai.configure("{}");
    isAnswered(GPT, "openai");
  }

  @Test
  void theDeadlineEndsARequestAndItsCall() throws InterruptedException {
    script("timeout");
    client.isError(
        client.asking(fixture, ALONE, "x-request-timeout-ms", "200").join(),
        504,
        "deadline_exceeded");
    Thread.sleep(200);
    assertThat(fixture.openai.requests().getFirst().clientGone()).isTrue();
  }

  @Test
  void aDisconnectedClientCancelsTheCallWithinASecond() throws InterruptedException {
    fixture.openai.configure("{\"response_delay_seconds\":0.35}");
    var asking = client.asking(fixture, GPT);
    Thread.sleep(150);
    asking.cancel(true);
    Thread.sleep(600);
    List<SeenRequest> seen = fixture.openai.requests();
    assertThat(seen).hasSize(1);
    assertThat(seen.getFirst().clientGone()).isTrue();
    assertThat(fixture.metric("gateway_requests_total", Map.of("outcome", "cancelled")))
        .isEqualTo(1);
    assertThat(fixture.metric("gateway_requests_in_flight", Map.of())).isZero();
  }

  private Reply isError(Question question, int status, String code) {
    HttpResponse<String> response = client.asking(fixture, question).join();
    client.isError(response, status, code);
    return Reply.of(response);
  }

  private Reply isAnswered(Question question, String provider) {
    HttpResponse<String> response = client.asking(fixture, question).join();
    assertThat(client.whole(response).text()).contains("mock answer");
    Reply reply = Reply.of(response);
    assertThat(reply.header("x-provider")).isEqualTo(provider);
    return reply;
  }

  private void script(String... faults) {
    fixture.openai.configure(
        "{\"timeout_duration_seconds\":3,\"script\":[\"" + String.join("\",\"", faults) + "\"]}");
  }

  private long gapMillis(int first) {
    List<SeenRequest> seen = fixture.openai.requests();
    return seen.get(first + 1).arrival().monotonicMillis()
        - seen.get(first).arrival().monotonicMillis();
  }

  private boolean breakerIs(String state) {
    return fixture.metric(
            "gateway_circuit_breaker_state", Map.of("breaker", "openai/gpt-4", "state", state))
        == 1;
  }
}
