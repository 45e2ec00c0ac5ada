package com.langdock.reliability.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.mock.log.SeenRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every line of the failure table that is not about streams, observed on both sides. */
@Tag("e2e")
class FailureTableE2eTest {
  private static final String GPT = Stage.chat("gpt-4");
  private static final String ALONE = Stage.chat("gpt-3.5-turbo");

  private final Stage stage = Stage.open();

  @AfterEach
  void close() {
    stage.close();
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
    Reply reply = stage.ask(ALONE).isError(status, code);
    assertThat(stage.seenByOpenai()).hasSize(calls);
    assertThat(reply.error().path("attempts")).hasSize(calls);
    assertThat(reply.header("x-attempts")).isEqualTo(Integer.toString(calls));
    assertThat(stage.attempts("openai", word)).isEqualTo(calls);
    assertThat(stage.metric("gateway_requests_total", Map.of("outcome", code))).isEqualTo(1);
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
    Reply reply = stage.ask(GPT).isAnsweredBy("anthropic");
    assertThat(reply.header("x-model")).isEqualTo("claude-3-opus");
    assertThat(stage.seenByOpenai()).hasSize(calls);
    assertThat(stage.anthropic.requests()).hasSize(1);
    assertThat(stage.attempts("anthropic", "success")).isEqualTo(1);
    assertThat(stage.metric("gateway_failovers_total", Map.of("from", "openai"))).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"content_policy, content_policy_violation", "bad_request, unsupported_value"})
  void anInvalidRequestDoesNotFailOver(String fault, String code) {
    script(fault);
    Reply reply = stage.ask(GPT);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(stage.anthropic.requests()).isEmpty();
    assertThat(reply.error().path("type").asString("")).isEqualTo("invalid_request_error");
    assertThat(reply.error().path("code").asString("")).isEqualTo(code);
  }

  @Test
  void aTemporaryFailureIsHiddenFromTheClient() {
    script("server_error", "ok");
    Reply reply = stage.ask(GPT).isAnsweredBy("openai");
    assertThat(reply.trail()).isEqualTo("openai/gpt-4:500 openai/gpt-4:200");
    assertThat(gapMillis(0)).isGreaterThanOrEqualTo(29);
    assertThat(stage.metric("gateway_retries_total", Map.of("provider", "openai"))).isEqualTo(1);
  }

  @Test
  void aShortRetryAfterIsWaitedForExactly() {
    stage.openai.configure("{\"script\":[\"rate_limit\",\"ok\"],\"retry_after_seconds\":1}");
    Reply reply = stage.ask(GPT).isAnsweredBy("openai");
    assertThat(reply.trail()).isEqualTo("openai/gpt-4:429 openai/gpt-4:200");
    assertThat(gapMillis(0)).isBetween(990L, 1_800L);
  }

  @Test
  void aRetryAfterAsADateIsNotUndercut() {
    stage.openai.configure(
        "{\"script\":[\"rate_limit\",\"ok\"],\"retry_after_seconds\":2,"
            + "\"rate_limit_retry_after_date\":true}");
    stage.ask(ALONE).isAnsweredBy("openai");
    assertThat(gapMillis(0)).isGreaterThanOrEqualTo(950L);
  }

  @Test
  void aLongRetryAfterPausesTheTargetForAllRequests() {
    stage.openai.configure("{\"rate_limit_probability\":1,\"retry_after_seconds\":30}");
    stage.ask(GPT).isAnsweredBy("anthropic");
    stage.ask(GPT).isAnsweredBy("anthropic");
    assertThat(stage.seenByOpenai()).hasSize(1);
  }

  @Test
  void aLongRetryAfterIsReturnedWithoutAnotherTarget() {
    stage.openai.configure("{\"rate_limit_probability\":1,\"retry_after_seconds\":30}");
    stage.ask(ALONE).isError(429, "rate_limit_exceeded");
    Reply again = stage.ask(ALONE).isError(429, "rate_limit_exceeded");
    assertThat(Integer.parseInt(again.header("retry-after"))).isBetween(28, 30);
    assertThat(stage.seenByOpenai()).hasSize(1);
  }

  @Test
  void anOpenCircuitIsSkippedAndRecovers() throws InterruptedException {
    stage.openai.configure("{\"server_error_probability\":1}");
    stage.ask(GPT).isAnsweredBy("anthropic");
    stage.ask(GPT).isAnsweredBy("anthropic");
    stage.ask(GPT).isAnsweredBy("anthropic");
    assertThat(stage.seenByOpenai()).hasSize(5);
    assertThat(breakerIs("open")).isTrue();

    Reply straight = stage.ask(GPT).isAnsweredBy("anthropic");
    assertThat(straight.trail()).isEqualTo("anthropic/claude-3-opus:200");
    assertThat(stage.seenByOpenai()).hasSize(5);
    assertThat(stage.get("/health/ready").status()).isEqualTo(200);

    stage.openai.configure("{}");
    Thread.sleep(750);
    stage.ask(GPT).isAnsweredBy("openai");
    assertThat(breakerIs("closed")).isTrue();
  }

  @Test
  void aModelsOpenCircuitDoesNotAffectOtherModels() {
    stage.openai.configure("{\"server_error_probability\":1}");
    stage.ask(ALONE).isError(502, "provider_error");
    stage.ask(ALONE).isError(502, "provider_error");
    Reply refused = stage.ask(ALONE).isError(503, "circuit_open");
    assertThat(refused.header("retry-after")).isEqualTo("1");
    assertThat(refused.error().path("attempts")).isEmpty();
    assertThat(stage.seenByOpenai()).hasSize(5);

    stage.openai.configure("{}");
    stage.ask(GPT).isAnsweredBy("openai");
  }

  @Test
  void theDeadlineEndsARequestAndItsCall() throws InterruptedException {
    script("timeout");
    stage.ask(ALONE, "x-request-timeout-ms", "200").isError(504, "deadline_exceeded");
    Thread.sleep(200);
    assertThat(stage.openai.requests().getFirst().clientGone()).isTrue();
  }

  @Test
  void aDisconnectedClientCancelsTheCallWithinASecond() throws InterruptedException {
    stage.openai.configure("{\"response_delay_seconds\":0.35}");
    var asking = stage.asking(GPT);
    Thread.sleep(150);
    asking.cancel(true);
    Thread.sleep(600);
    List<SeenRequest> seen = stage.openai.requests();
    assertThat(seen).hasSize(1);
    assertThat(seen.getFirst().clientGone()).isTrue();
    assertThat(stage.metric("gateway_requests_total", Map.of("outcome", "cancelled"))).isEqualTo(1);
    assertThat(stage.metric("gateway_requests_in_flight", Map.of())).isZero();
  }

  private void script(String... faults) {
    stage.openai.configure(
        "{\"timeout_duration_seconds\":3,\"script\":[\"" + String.join("\",\"", faults) + "\"]}");
  }

  private long gapMillis(int first) {
    List<SeenRequest> seen = stage.openai.requests();
    return seen.get(first + 1).arrival().monotonicMillis()
        - seen.get(first).arrival().monotonicMillis();
  }

  private boolean breakerIs(String state) {
    return stage.metric(
            "gateway_circuit_breaker_state", Map.of("breaker", "openai/gpt-4", "state", state))
        == 1;
  }
}
