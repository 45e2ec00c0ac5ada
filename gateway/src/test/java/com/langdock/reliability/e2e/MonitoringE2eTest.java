package com.langdock.reliability.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.langdock.reliability.e2e.prometheus.Expressions;
import com.langdock.reliability.e2e.prometheus.PrometheusServer;
import com.langdock.reliability.e2e.prometheus.Promtool;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files in {@code monitoring/} and the metrics, checked by a real Prometheus. */
@Tag("e2e")
class MonitoringE2eTest {
  private static final Path FILES = Path.of("..", "monitoring");
  private static final Path ALERTS = FILES.resolve("alerts.yaml");
  private static final Path RECORDING = FILES.resolve("recording.yaml");
  private static final Path DASHBOARD = FILES.resolve("grafana-dashboard.json");
  private static final int MAX_POLLS = 150;
  private static final int POLL_MILLIS = 200;

  /** Timeouts are long, so that only configured faults fail. */
  private static final String PATIENT =
      """
      server: {host: 127.0.0.1, port: 0}
      observability: {metrics_port: 0, log_level: error}
      retry: {max_attempts: 3, base_backoff: 30ms, max_backoff: 200ms}
      circuit_breaker: {threshold: 5, timeout: 60s}
      limits: {models: {gpt-3.5-turbo: {requests_per_minute: 3}}}
      """;

  @BeforeAll
  static void prometheusIsInstalled() {
    assumeTrue(
        Promtool.isInstalled("promtool") && Promtool.isInstalled("prometheus"),
        "prometheus and promtool are not on the path; Debian: apt-get install prometheus");
  }

  /** Sends requests that succeed, fail, fail over and stream, and opens a circuit. */
  private static void play(GatewayFixture fixture) {
    fixture.ask(GatewayFixture.chat("gpt-4")).isAnsweredBy("openai");
    assertThat(fixture.stream(GatewayFixture.streamed("gpt-4")).response().statusCode())
        .isEqualTo(200);
    fixture.openai.configure("{\"server_error_probability\":1}");
    for (int request = 0; request < 3; request++) {
      fixture.ask(GatewayFixture.chat("gpt-4")).isAnsweredBy("anthropic");
    }
    fixture.ask("{}").isError(400, "missing_field");
    fixture.ask(GatewayFixture.chat("gpt-3.5-turbo")).isError(502, "provider_error");
    fixture.ask(GatewayFixture.chat("gpt-3.5-turbo")).isError(502, "provider_error");
    fixture.ask(GatewayFixture.chat("gpt-3.5-turbo")).isError(503, "circuit_open");
    fixture.ask(GatewayFixture.chat("gpt-3.5-turbo")).isError(429, "rate_limit_exceeded");
  }

  @Test
  void alertsFireOnlyWhenTheyShould() throws Exception {
    assertPasses("", "check", "rules", RECORDING.toString(), ALERTS.toString());
    assertPasses("", "test", "rules", FILES.resolve("alerts_test.yaml").toString());
  }

  @Test
  void theExampleConfigurationIsValid() throws Exception {
    assertPasses("", "check", "config", FILES.resolve("prometheus.yaml").toString());
  }

  @Test
  void metricsFollowThePrometheusConventions() throws Exception {
    try (GatewayFixture fixture = GatewayFixture.open(PATIENT)) {
      play(fixture);
      Promtool.Verdict outcome = Promtool.run(scrape(fixture, "text/plain"), "check", "metrics");
      assertThat(outcome).isEqualTo(new Promtool.Verdict(0, ""));
      assertThat(scrape(fixture, "application/openmetrics-text")).endsWith("# EOF\n");
    }
  }

  /** Prometheus requests OpenMetrics. If the target is up, it could read all metrics. */
  @Test
  void everyExpressionFindsItsMetrics(@TempDir Path folder) throws Exception {
    try (GatewayFixture fixture = GatewayFixture.open(PATIENT);
        PrometheusServer prometheus =
            PrometheusServer.start(
                folder, fixture.gateway.managementPort(), List.of(RECORDING, ALERTS))) {
      play(fixture);
      await(prometheus, "up{job=\"gateway\"} == 1");
      await(prometheus, "instance:gateway_request_failures:ratio_rate5m");
      List<String> rules = prometheus.ruleExpressions();
      List<String> dashboard = Expressions.ofDashboard(DASHBOARD);
      assertThat(rules).hasSizeGreaterThan(20);
      assertThat(dashboard).hasSizeGreaterThan(40);
      assertMetricsExist(prometheus, Stream.concat(rules.stream(), dashboard.stream()).toList());
      assertUnderstood(prometheus, rules);
      for (String expression : dashboard) {
        if (mustShowSomething(expression)) {
          await(prometheus, expression);
        }
      }
      assertUnderstood(prometheus, dashboard);
    }
  }

  /** Of gateways with a file, and with TLS; the tests of reloading and of TLS see them. */
  private static final Set<String> OF_OTHERS =
      Set.of(
          "gateway_config_info",
          "gateway_config_rejected",
          "gateway_tls_expires_seconds",
          "gateway_tls_rejected");

  /** Of gateways that share limits; the tests of those see them. */
  private static final Set<String> OF_SEVERAL = Set.of("gateway_limits_away");

  /** Of gateways that have keys in their store, or a budget. */
  private static final Set<String> OF_A_STORE =
      Set.of("gateway_budget_used_ratio", "gateway_keys_stale_seconds");

  /** All expressions except those that filter zero values. */
  private static boolean mustShowSomething(String expression) {
    return !expression.endsWith("> 0");
  }

  private static void assertUnderstood(PrometheusServer prometheus, List<String> expressions)
      throws InterruptedException {
    for (String expression : expressions) {
      assertThat(prometheus.query(expression).error()).as(expression).isEmpty();
    }
  }

  private static void assertMetricsExist(PrometheusServer prometheus, List<String> expressions)
      throws InterruptedException {
    Set<String> missing = new TreeSet<>();
    expressions.forEach(expression -> missing.addAll(Expressions.metrics(expression)));
    missing.removeAll(prometheus.metricNames());
    missing.removeAll(OF_OTHERS);
    missing.removeAll(OF_SEVERAL);
    missing.removeAll(OF_A_STORE);
    assertThat(missing).as("metrics that do not exist").isEmpty();
  }

  /** Waits until {@code expression} finds something. */
  private static void await(PrometheusServer prometheus, String expression)
      throws InterruptedException {
    for (int poll = 0; poll < MAX_POLLS; poll++) {
      if (prometheus.query(expression).series() > 0) {
        return;
      }
      Thread.sleep(POLL_MILLIS);
    }
    fail("nothing found: " + expression + " " + prometheus.query(expression));
  }

  private static void assertPasses(String input, String... arguments) throws Exception {
    Promtool.Verdict outcome = Promtool.run(input, arguments);
    assertThat(outcome.exitCode()).as(outcome.text()).isZero();
  }

  private static String scrape(GatewayFixture fixture, String type) {
    URI metrics = URI.create("http://127.0.0.1:" + fixture.gateway.managementPort() + "/metrics");
    HttpResponse<String> answer =
        fixture.send(HttpRequest.newBuilder(metrics).header("accept", type).build());
    assertThat(answer.headers().firstValue("content-type").orElse("")).startsWith(type);
    return answer.body();
  }
}
