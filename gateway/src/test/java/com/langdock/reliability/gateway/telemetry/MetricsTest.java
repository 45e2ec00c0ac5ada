package com.langdock.reliability.gateway.telemetry;

import static com.langdock.reliability.gateway.telemetry.Samples.CLAUDE;
import static com.langdock.reliability.gateway.telemetry.Samples.GPT;
import static com.langdock.reliability.gateway.telemetry.Samples.RATE_LIMITED;
import static com.langdock.reliability.gateway.telemetry.Samples.REQUEST;
import static com.langdock.reliability.gateway.telemetry.Samples.START;
import static com.langdock.reliability.gateway.telemetry.Samples.TIMEOUT;
import static com.langdock.reliability.gateway.telemetry.Samples.USAGE;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.Attempt;
import com.langdock.reliability.core.domain.ErrorCode;
import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.ModelCatalog;
import com.langdock.reliability.core.resilience.Admission;
import com.langdock.reliability.core.resilience.BreakerRules;
import com.langdock.reliability.core.resilience.BreakerScope;
import com.langdock.reliability.core.resilience.Outcome;
import com.langdock.reliability.core.resilience.TargetRules;
import com.langdock.reliability.core.resilience.TargetStates;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What Prometheus reads after a scripted sequence of events. */
class MetricsTest {
  private final ManualTicker ticker = new ManualTicker();
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Observability observability = new Observability(registry, ticker, List.of());
  private final RequestWatcher watcher =
      observability.requests(
          List.of(observability.meters(List.of(GPT, CLAUDE), new ModelCatalog(Map.of()))));

  private ScriptedRequest request() {
    return new ScriptedRequest(watcher.observe(START).began(REQUEST), REQUEST.acceptedAt());
  }

  private AbstractStringAssert<?> assertMetrics() {
    return assertThat("\n" + registry.scrape());
  }

  private void assertMetric(String series, String value) {
    assertMetrics().contains("\n" + series + " " + value + "\n");
  }

  @Test
  void registersEveryKnownSeriesAtZero() {
    assertMetric("gateway_requests_total{outcome=\"success\"}", "0.0");
    assertMetric("gateway_requests_total{outcome=\"provider_timeout\"}", "0.0");
    assertMetric(
        "gateway_attempts_total{model=\"gpt-4\",outcome=\"success\",provider=\"openai\"}", "0.0");
    assertMetric("gateway_retries_total{model=\"gpt-4\",provider=\"openai\"}", "0.0");
  }

  @Test
  void countsASuccess() {
    ScriptedRequest request = request();
    assertMetric("gateway_requests_in_flight", "1.0");

    request.after(2).attempt(1, GPT).after(40).succeeds(USAGE);

    assertMetric("gateway_requests_in_flight", "0.0");
    assertMetric("gateway_requests_total{outcome=\"success\"}", "1.0");
    assertMetric(
        "gateway_attempts_total{model=\"gpt-4\",outcome=\"success\",provider=\"openai\"}", "1.0");
    assertMetric(
        "gateway_tokens_total{model=\"gpt-4\",provider=\"openai\",type=\"input\"}", "10.0");
    assertMetric(
        "gateway_tokens_total{model=\"gpt-4\",provider=\"openai\",type=\"cached_input\"}", "4.0");
    assertMetric(
        "gateway_tokens_total{model=\"gpt-4\",provider=\"openai\",type=\"output\"}", "5.0");
  }

  @Test
  void putsDurationsIntoBuckets() {
    request().after(2).attempt(1, GPT).after(40).succeeds(USAGE);

    String request = "gateway_request_duration_seconds_bucket{outcome=\"success\",le=\"%s\"}";
    assertMetric(request.formatted("0.025"), "0");
    assertMetric(request.formatted("0.05"), "1");
    assertMetric(request.formatted("600.0"), "1");
    assertMetric("gateway_request_duration_seconds_sum{outcome=\"success\"}", "0.042");
    String attempt = "{model=\"gpt-4\",provider=\"openai\"}";
    assertMetric("gateway_attempt_duration_seconds_count" + attempt, "1");
    assertMetric("gateway_attempt_duration_seconds_sum" + attempt, "0.04");
  }

  @Test
  void measuresOverheadOutsideAttemptsAndWaits() {
    request()
        .after(2)
        .attempt(1, GPT)
        .after(100)
        .attemptFails(TIMEOUT)
        .after(3)
        .retryIn(50)
        .after(50)
        .attempt(2, GPT)
        .after(100)
        .succeeds(USAGE);

    assertMetric("gateway_overhead_seconds_count", "1");
    assertMetric("gateway_overhead_seconds_sum", "0.005");
    assertMetric("gateway_overhead_seconds_bucket{le=\"0.002\"}", "0");
    assertMetric("gateway_overhead_seconds_bucket{le=\"0.005\"}", "1");
  }

  @Test
  void countsNoOverheadWhileAnyAttemptIsUnderWay() {
    ScriptedRequest request = request();
    Attempt first = request.after(2).attempt(1, GPT).running();
    Attempt second = request.after(50).attempt(2, CLAUDE).running();
    request.about(first).after(50).attemptFails(TIMEOUT);
    request.about(second).after(50).succeeds(USAGE);

    assertMetric("gateway_overhead_seconds_sum", "0.002");
  }

  @Test
  void countsASkippedAttemptAsOverheadOnly() {
    request()
        .attempt(1, GPT)
        .after(2)
        .attemptIsSkipped(new Failure.Untranslatable("n", ""))
        .attempt(1, CLAUDE)
        .after(100)
        .succeeds(USAGE);

    assertMetric("gateway_overhead_seconds_sum", "0.002");
    assertMetrics().doesNotContain("untranslatable");
  }

  @Test
  void countsFailuresRetriesAndMoves() {
    request()
        .attempt(1, GPT)
        .attemptFails(RATE_LIMITED)
        .retryIn(10)
        .after(10)
        .attempt(2, GPT)
        .attemptFails(RATE_LIMITED)
        .moves(GPT, CLAUDE, RATE_LIMITED)
        .attempt(3, CLAUDE)
        .after(1)
        .attemptFails(TIMEOUT)
        .fails(TIMEOUT, ErrorCode.PROVIDER_TIMEOUT);

    assertMetric("gateway_requests_total{outcome=\"provider_timeout\"}", "1.0");
    assertMetric("gateway_request_duration_seconds_count{outcome=\"failed\"}", "1");
    assertMetric(
        "gateway_attempts_total{model=\"gpt-4\",outcome=\"rate_limited\",provider=\"openai\"}",
        "2.0");
    assertMetric("gateway_retries_total{model=\"gpt-4\",provider=\"openai\"}", "1.0");
    assertMetric("gateway_failovers_total{from=\"openai\",to=\"anthropic\"}", "1.0");
    assertMetric("gateway_fallbacks_total{from=\"gpt-4\",to=\"claude-3-opus\"}", "1.0");
    assertMetric("gateway_requests_in_flight", "0.0");
  }

  @Test
  void countsRequestsThatAreRefusedOrCancelled() {
    watcher
        .observe(START)
        .refused(
            new RequestObserver.Refusal("req_1_0000000a", null, "invalid_json", null, 0, 0, null));
    request().attempt(1, GPT).attemptFails(new Failure.ClientGone()).clientLeaves();

    assertMetric("gateway_requests_total{outcome=\"invalid\"}", "1.0");
    assertMetric("gateway_requests_total{outcome=\"cancelled\"}", "1.0");
    assertMetric("gateway_request_duration_seconds_count{outcome=\"failed\"}", "0");
    assertMetric("gateway_requests_in_flight", "0.0");
  }

  @Nested
  class Exemplars {
    private String openMetrics(RequestInfo info) {
      new ScriptedRequest(watcher.observe(START).began(info), 0)
          .attempt(1, GPT)
          .after(40)
          .succeeds(USAGE);
      return registry.scrape("application/openmetrics-text; version=1.0.0; charset=utf-8");
    }

    @Test
    void nameARequestOfTheBucket() {
      assertThat(openMetrics(REQUEST))
          .containsPattern(
              "gateway_request_duration_seconds_bucket\\{outcome=\"success\",le=\"0.05\"} 1 "
                  + "# \\{request_id=\"req_1_0000000a\"} 0.04 ")
          .containsPattern(
              "gateway_attempt_duration_seconds_bucket\\{model=\"gpt-4\",provider=\"openai\","
                  + "le=\"0.05\"} 1 # \\{request_id=\"req_1_0000000a\"} 0.04 ");
    }

    @Test
    void nameItsTraceIfAny() {
      String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
      RequestInfo traced =
          new RequestInfo(
              "req_1_0000000a", null, RequestInfo.Client.UNKNOWN, "gpt-4", false, 0, 0, trace);

      assertThat(openMetrics(traced))
          .contains("# {request_id=\"req_1_0000000a\",trace_id=\"" + trace + "\"} 0.04 ");
    }
  }

  @Nested
  class CircuitBreakers {
    private static final String STATE =
        "gateway_circuit_breaker_state{breaker=\"openai\",state=\"%s\"}";

    private final BreakerRules rules = new BreakerRules(1, 1, 1_000, 100, 1_000, 1);
    private final TargetStates targetStates =
        new TargetStates(
            List.of(GPT, CLAUDE),
            new TargetRules(
                provider -> rules, EnumSet.of(BreakerScope.PROVIDER), 0.3, 10, 300_000_000_000L),
            observability.breakerListener(),
            () -> 0L,
            0);

    @Test
    void showTheirStateAndCountItsChanges() {
      observability.gauges(targetStates);
      assertMetric(STATE.formatted("closed"), "1.0");
      assertMetric(STATE.formatted("open"), "0.0");

      if (targetStates.of(GPT).admit(0) instanceof Admission.Admitted admitted) {
        targetStates.of(GPT).report(admitted, Outcome.FAILURE, BreakerScope.PROVIDER, 0);
      }

      assertMetric(STATE.formatted("closed"), "0.0");
      assertMetric(STATE.formatted("open"), "1.0");
      assertMetric(STATE.formatted("half_open"), "0.0");
      assertMetric(
          "gateway_breaker_transitions_total{breaker=\"openai\",from=\"closed\",to=\"open\"}",
          "1.0");
      assertMetric("gateway_circuit_breaker_state{breaker=\"anthropic\",state=\"closed\"}", "1.0");
    }

    @Test
    void includeTheRetryBudget() {
      observability.gauges(targetStates);
      assertMetric("gateway_retry_budget_balance{provider=\"openai\"}", "100.0");

      targetStates.of(GPT).budget().tryWithdraw(0);

      assertMetric("gateway_retry_budget_balance{provider=\"openai\"}", "99.0");
      assertMetric("gateway_retry_budget_balance{provider=\"anthropic\"}", "100.0");
    }
  }
}
