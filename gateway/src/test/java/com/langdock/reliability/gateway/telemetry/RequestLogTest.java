package com.langdock.reliability.gateway.telemetry;

import static com.langdock.reliability.gateway.telemetry.Samples.CLAUDE;
import static com.langdock.reliability.gateway.telemetry.Samples.GPT;
import static com.langdock.reliability.gateway.telemetry.Samples.RATE_LIMITED;
import static com.langdock.reliability.gateway.telemetry.Samples.REQUEST;
import static com.langdock.reliability.gateway.telemetry.Samples.TIMEOUT;
import static com.langdock.reliability.gateway.telemetry.Samples.USAGE;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.ErrorCode;
import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.domain.UnreachableReason;
import com.langdock.reliability.gateway.telemetry.log.CapturedLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RequestLogTest {
  private static final String ID = "\"request_id\":\"req_1_0000000a\"";
  private static final String AT_GPT = "\"provider\":\"openai\",\"model\":\"gpt-4\"";
  private static final String AT_CLAUDE = "\"provider\":\"anthropic\",\"model\":\"claude-3-opus\"";

  private final CapturedLog log = new CapturedLog();

  @AfterEach
  void stopCapturing() {
    log.close();
  }

  private static ScriptedRequest request() {
    return request(REQUEST);
  }

  private static ScriptedRequest request(RequestInfo info) {
    return new ScriptedRequest(new RequestLog(info), info.acceptedAt());
  }

  private String last() {
    return log.lines().getLast();
  }

  @Test
  void logsThatARequestStarted() {
    request();

    assertThat(log.lines())
        .containsExactly(
            "{\"level\":\"info\",\"event\":\"request_started\",\"message\":\"asked for gpt-4\","
                + ID
                + ",\"model\":\"gpt-4\",\"stream\":false}");
  }

  @Test
  void showsTheClientsOwnIdOnEveryLine() {
    request(Samples.info("req_2_0000000b", "mine-\"7\"", true)).clientLeaves();

    assertThat(log.lines())
        .hasSize(2)
        .allMatch(line ->
            line.contains(
                "\"request_id\":\"req_2_0000000b\",\"client_request_id\":\"mine-\\\"7\\\"\""));
  }

  @Test
  void showsTheTraceOnEveryLine() {
    String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    request(
            new RequestInfo(
                "req_3_0000000c", null, RequestInfo.Client.UNKNOWN, "gpt-4", false, 0, 0, trace))
        .attempt(1, GPT)
        .attemptFails(TIMEOUT)
        .clientLeaves();

    assertThat(log.lines())
        .hasSize(3)
        .allMatch(line ->
            line.contains("\"request_id\":\"req_3_0000000c\",\"trace_id\":\"" + trace + "\""));
  }

  @Test
  void logsAFailedAttemptWithoutTheProvidersMessage() {
    request().attempt(1, GPT).after(120).attemptFails(RATE_LIMITED);

    assertThat(last())
        .isEqualTo(
            "{\"level\":\"warn\",\"event\":\"attempt_failed\","
                + "\"message\":\"openai/gpt-4 failed: rate_limited\","
                + ID
                + ",\"attempt_number\":1,"
                + AT_GPT
                + ",\"status\":429,\"error\":\"rate_limited\",\"latency_ms\":120}");
    assertThat(String.join("", log.lines())).doesNotContain("SECRET");
  }

  @Test
  void logsWhyThereWasNoConnection() {
    request()
        .attempt(1, GPT)
        .attemptFails(new Failure.Unreachable(UnreachableReason.CERTIFICATE_EXPIRED));

    assertThat(last())
        .contains("\"error\":\"tls_failed\",\"reason\":\"certificate expired\",\"latency_ms\"");
  }

  @Test
  void countsNoAttemptThatWasSkipped() {
    request()
        .attempt(1, GPT)
        .attemptIsSkipped(new Failure.Untranslatable("n", "no n here"))
        .attempt(1, CLAUDE)
        .succeeds(USAGE);

    assertThat(log.lines().get(1))
        .isEqualTo(
            "{\"level\":\"debug\",\"event\":\"attempt_skipped\","
                + "\"message\":\"openai/gpt-4 cannot express the request\","
                + ID
                + ",\"attempt_number\":1,"
                + AT_GPT
                + ",\"error\":\"untranslatable\"}");
    assertThat(last()).contains("\"attempts\":1,");
  }

  @Test
  void leavesOutTheStatusOfAProviderThatDidNotAnswer() {
    request().attempt(1, GPT).after(30).attemptFails(TIMEOUT);

    assertThat(last())
        .endsWith(",\"attempt_number\":1," + AT_GPT + ",\"error\":\"timeout\",\"latency_ms\":30}");
  }

  @Test
  void logsThatARetryIsScheduled() {
    request().attempt(1, GPT).retryIn(2_000);

    assertThat(last())
        .isEqualTo(
            "{\"level\":\"info\",\"event\":\"retry_scheduled\","
                + "\"message\":\"openai/gpt-4 again in 2000 ms\","
                + ID
                + ",\"attempt_number\":2,"
                + AT_GPT
                + ",\"wait_ms\":2000}");
  }

  @Test
  void logsAMoveToAnotherProviderAsFailover() {
    request().moves(GPT, new Target("azure", "gpt-4"), TIMEOUT);

    assertThat(log.lines()).hasSize(2);
    assertThat(last())
        .isEqualTo(
            "{\"level\":\"info\",\"event\":\"failover\","
                + "\"message\":\"from provider openai to azure: timeout\","
                + ID
                + ",\"provider\":\"azure\",\"model\":\"gpt-4\",\"error\":\"timeout\","
                + "\"from_provider\":\"openai\"}");
  }

  @Test
  void logsAMoveToAnotherModelAsFallback() {
    request().moves(GPT, new Target("openai", "gpt-4o"), TIMEOUT);

    assertThat(log.lines()).hasSize(2);
    assertThat(last())
        .isEqualTo(
            "{\"level\":\"info\",\"event\":\"fallback\","
                + "\"message\":\"from model gpt-4 to gpt-4o: timeout\","
                + ID
                + ",\"provider\":\"openai\",\"model\":\"gpt-4o\",\"error\":\"timeout\","
                + "\"from_model\":\"gpt-4\"}");
  }

  @Test
  void logsBothForAMoveToAnotherProviderAndModel() {
    request().moves(GPT, CLAUDE, TIMEOUT);

    assertThat(log.lines()).hasSize(3);
    assertThat(log.lines().get(1)).contains("\"event\":\"failover\"").contains(AT_CLAUDE);
    assertThat(log.lines().get(2)).contains("\"event\":\"fallback\"").contains(AT_CLAUDE);
  }

  @Test
  void logsThatAStreamIsContinued() {
    request().attempt(2, CLAUDE).streamContinues();

    assertThat(last())
        .isEqualTo(
            "{\"level\":\"info\",\"event\":\"stream_continued\","
                + "\"message\":\"the stream continues at anthropic/claude-3-opus\","
                + ID
                + ",\"attempt_number\":2,"
                + AT_CLAUDE
                + "}");
  }

  @Test
  void logsTheTargetAndTheAttemptsOfASuccess() {
    request()
        .attempt(1, GPT)
        .after(100)
        .attemptFails(TIMEOUT)
        .attempt(2, CLAUDE)
        .after(50)
        .succeeds(USAGE);

    assertThat(last())
        .isEqualTo(
            "{\"level\":\"info\",\"event\":\"request_succeeded\","
                + "\"message\":\"answered by anthropic/claude-3-opus\","
                + ID
                + ","
                + AT_CLAUDE
                + ",\"attempts\":2,\"latency_ms\":150,\"tokens_used\":15}");
  }

  @Test
  void logsWhyARequestFailed() {
    request()
        .attempt(1, GPT)
        .after(7)
        .attemptFails(RATE_LIMITED)
        .fails(RATE_LIMITED, ErrorCode.RATE_LIMIT_EXCEEDED);

    assertThat(last())
        .isEqualTo(
            "{\"level\":\"warn\",\"event\":\"request_failed\","
                + "\"message\":\"failed: rate_limit_exceeded\","
                + ID
                + ",\"code\":\"rate_limit_exceeded\",\"status\":429,\"error\":\"rate_limited\","
                + "\"attempts\":1,\"latency_ms\":7}");
  }

  @Test
  void logsThatTheClientLeftWithoutAnErrorOfTheProvider() {
    request().attempt(1, GPT).after(9).attemptFails(new Failure.ClientGone()).clientLeaves();

    assertThat(log.lines()).hasSize(2);
    assertThat(last())
        .isEqualTo(
            "{\"level\":\"info\",\"event\":\"request_cancelled\",\"message\":\"the client left\","
                + ID
                + ",\"attempts\":1,\"latency_ms\":9}");
  }
}
