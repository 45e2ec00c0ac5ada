package com.langdock.reliability.gateway.management;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.ModelCatalog;
import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.quota.SharingRules;
import com.langdock.reliability.core.resilience.Admission;
import com.langdock.reliability.core.resilience.BreakerRules;
import com.langdock.reliability.core.resilience.BreakerScope;
import com.langdock.reliability.core.resilience.Outcome;
import com.langdock.reliability.core.resilience.TargetRules;
import com.langdock.reliability.core.resilience.TargetStates;
import com.langdock.reliability.core.routing.ConfiguredTarget;
import com.langdock.reliability.gateway.limits.LimitListener;
import com.langdock.reliability.gateway.limits.LimitRules;
import com.langdock.reliability.gateway.limits.ProcessLimits;
import com.langdock.reliability.gateway.telemetry.Health;
import com.langdock.reliability.gateway.telemetry.ManualTicker;
import com.langdock.reliability.gateway.telemetry.Observability;
import com.langdock.reliability.gateway.telemetry.log.LogFormat;
import com.langdock.reliability.gateway.telemetry.log.LogSetup;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

@Tag("e2e")
class ManagementServerTest {
  private static final Target GPT = new Target("openai", "gpt-4");
  private static final Target CLAUDE = new Target("anthropic", "claude-3-opus");

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = HttpClient.newHttpClient();
  private final ManualTicker ticker = new ManualTicker();
  private final PrometheusMeterRegistry metrics =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Observability observability = new Observability(metrics, ticker, List.of());
  private final LogSetup log = LogSetup.start(Level.ERROR, LogFormat.TEXT);
  private final TargetStates targetStates =
      new TargetStates(
          List.of(GPT, CLAUDE),
          new TargetRules(
              provider -> new BreakerRules(1, 1, 30_000_000_000L, 100, 60_000_000_000L, 1),
              EnumSet.of(BreakerScope.PROVIDER),
              0.3,
              10,
              300_000_000_000L),
          observability.breakerListener(),
          () -> 0L,
          ticker.nanos());
  private static final LimitRules NO_LIMITS =
      new LimitRules(
          Map.of(),
          SharingRules.STANDARD,
          ZoneOffset.UTC,
          false,
          false,
          new ModelCatalog(Map.of()));
  private final BreakerHistory breakers = new BreakerHistory(ticker);
  private final Health health = new Health(() -> targetStates.anyReady(ticker.nanos()));
  private final ManagementServer server =
      new ManagementServer(
          vertx,
          new ManagementSources(
              new ManagementSources.Meters(metrics, observability::snapshot),
              this::targets,
              health,
              log,
              null,
              null,
              null,
              () -> ManagementAccess.LOCAL,
              new ProcessLimits(ticker, NO_LIMITS, false, LimitListener.NONE),
              ticker),
          connection -> {});
  private int port;

  private ManagementSources.Targets targets() {
    return new ManagementSources.Targets(
        List.of(new ConfiguredTarget(GPT, 1), new ConfiguredTarget(CLAUDE, 2)),
        targetStates,
        breakers);
  }

  @BeforeEach
  void listen() {
    observability.gauges(targetStates);
    observability.register(log);
    port = server.listen(0, "127.0.0.1").await();
  }

  @AfterEach
  void close() {
    server.close().await();
    client.close();
    vertx.close().await();
    log.close();
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .timeout(Duration.ofSeconds(10));
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(to(path));
  }

  private void fail(Target target) {
    if (targetStates.of(target).admit(ticker.nanos()) instanceof Admission.Admitted admitted) {
      targetStates
          .of(target)
          .report(admitted, Outcome.FAILURE, BreakerScope.PROVIDER, ticker.nanos());
    }
  }

  private static String type(HttpResponse<String> response) {
    return response.headers().firstValue("content-type").orElse("");
  }

  @Nested
  class Metrics {
    @Test
    void areInThePrometheusTextFormat() throws Exception {
      HttpResponse<String> response = get("/metrics");

      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(type(response)).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
      assertThat(response.body())
          .contains("# TYPE gateway_requests_total counter\n")
          .contains("\ngateway_requests_total{outcome=\"success\"} 0.0\n")
          .contains("\ngateway_log_lines_lost_total 0.0\n")
          .contains("\ngateway_circuit_breaker_state{breaker=\"openai\",state=\"closed\"} 1.0\n");
    }

    @Test
    void areInOpenMetricsForThoseWhoAcceptIt() throws Exception {
      HttpResponse<String> response =
          send(
              to("/metrics")
                  .header("accept", "application/openmetrics-text;version=1.0.0,text/plain;q=0.5"));

      assertThat(type(response))
          .isEqualTo("application/openmetrics-text; version=1.0.0; charset=utf-8");
      assertThat(response.body()).contains("# TYPE gateway_requests counter\n").endsWith("# EOF\n");
    }
  }

  @Nested
  class Providers {
    @Test
    void areListedInTheOrderOfTheFile() throws Exception {
      HttpResponse<String> response = get("/api/providers");

      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(type(response)).isEqualTo("application/json");
      assertThat(response.body())
          .startsWith(
              "{\"targets\":[{\"provider\":\"openai\",\"model\":\"gpt-4\",\"priority\":1,"
                  + "\"ready\":true,\"paused_for_ms\":0,\"breaker\":{\"name\":\"openai\","
                  + "\"state\":\"closed\",\"why\":")
          .contains("\"since\":\"2026-11-23T09:00:00Z\",\"next_probe_in_ms\":null,")
          .contains("\"consecutive_failures\":0,\"window_calls\":0,\"window_failures\":0}")
          .contains("\"provider\":\"anthropic\",\"model\":\"claude-3-opus\",\"priority\":2,");
    }

    @Test
    void showAnOpenBreakerWhySinceWhenAndTheNextProbe() throws Exception {
      ticker.advance(Duration.ofSeconds(5));
      fail(GPT);
      ticker.advance(Duration.ofSeconds(2));

      assertThat(get("/api/providers").body())
          .contains("\"model\":\"gpt-4\",\"priority\":1,\"ready\":false,")
          .contains("\"state\":\"open\",\"why\":\"")
          .contains("\"since\":\"2026-11-23T09:00:05Z\",\"next_probe_in_ms\":3000,");
    }

    @Test
    void showAPause() throws Exception {
      targetStates.of(CLAUDE).pause(Duration.ofSeconds(3).toNanos(), ticker.nanos());

      assertThat(get("/api/providers").body())
          .contains("\"priority\":2,\"ready\":false,\"paused_for_ms\":3000,");
    }
  }

  @Nested
  class Operators {
    private HttpResponse<String> put(String path, String body)
        throws IOException, InterruptedException {
      return send(
          to("/api/providers/" + path)
              .header("content-type", "application/json")
              .PUT(BodyPublishers.ofString(body)));
    }

    @Test
    void resetACircuit() throws Exception {
      fail(GPT);
      assertThat(targetStates.of(GPT).snapshot(ticker.nanos()).isReady()).isFalse();

      HttpResponse<String> response = put("openai/circuit", "{\"action\":\"reset\"}");

      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.body())
          .contains("\"model\":\"gpt-4\",\"priority\":1,\"ready\":true,")
          .doesNotContain("anthropic");
      assertThat(targetStates.of(GPT).snapshot(ticker.nanos()).isReady()).isTrue();
    }

    @Test
    void liftAPauseOfOneTarget() throws Exception {
      targetStates.of(CLAUDE).pause(Duration.ofMinutes(3).toNanos(), ticker.nanos());

      assertThat(put("anthropic/pause", "{\"action\":\"lift\",\"model\":\"claude-3-opus\"}").body())
          .contains("\"ready\":true,\"paused_for_ms\":0,");
      assertThat(targetStates.of(CLAUDE).pauseNanos(ticker.nanos())).isZero();
    }

    @Test
    void areRefusedWithAReason() throws Exception {
      assertThat(put("nobody/circuit", "{\"action\":\"reset\"}").statusCode()).isEqualTo(404);
      assertThat(put("openai/pause", "{\"action\":\"lift\",\"model\":\"x\"}").statusCode())
          .isEqualTo(404);
      assertThat(put("openai/other", "{\"action\":\"reset\"}").statusCode()).isEqualTo(404);
      for (String body : List.of("", "{}", "{\"action\":\"lift\"}", "{\"action\":1}", "[]")) {
        assertThat(put("openai/circuit", body).statusCode()).as(body).isEqualTo(400);
      }
      assertThat(get("/api/providers/openai/circuit").statusCode()).isEqualTo(405);
    }
  }

  @Nested
  class HealthChecks {
    @Test
    void followTheProvidersAndTheDrain() throws Exception {
      assertThat(get("/health").body()).isEqualTo("{\"status\":\"healthy\"}");
      assertThat(get("/health/ready").statusCode()).isEqualTo(200);

      fail(GPT);
      fail(CLAUDE);
      assertThat(get("/health/ready").statusCode()).isEqualTo(503);

      health.drain();
      assertThat(get("/health").statusCode()).isEqualTo(503);
      assertThat(get("/health").body()).isEqualTo("{\"status\":\"draining\"}");
      assertThat(get("/health/live").statusCode()).isEqualTo(200);
    }
  }

  @Nested
  class TheLogLevel {
    private HttpResponse<String> put(String body) throws IOException, InterruptedException {
      return send(
          to("/api/log-level")
              .header("content-type", "application/json")
              .PUT(BodyPublishers.ofString(body)));
    }

    @Test
    void isShownAndChanged() throws Exception {
      assertThat(get("/api/log-level").body()).isEqualTo("{\"level\":\"error\"}");

      HttpResponse<String> response = put("{\"level\": \"Debug\"}");

      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.body()).isEqualTo("{\"level\":\"debug\"}");
      assertThat(log.level()).isEqualTo(Level.DEBUG);
    }

    @Test
    void isUnchangedByAnInvalidBody() throws Exception {
      for (String body :
          List.of(
              "", "{", "[]", "{\"level\":3}", "{\"level\":\"loud\"}", "{\"level\":\"info\"} x")) {
        HttpResponse<String> response = put(body);

        assertThat(response.statusCode()).as(body).isEqualTo(400);
        assertThat(response.body()).contains("\"code\":\"invalid_value\"");
      }
      assertThat(log.level()).isEqualTo(Level.ERROR);
    }

    @Test
    void refusesALargeBody() throws Exception {
      assertThat(put(" ".repeat(2_000)).statusCode()).isEqualTo(413);
    }
  }

  @Nested
  class OtherRequests {
    @Test
    void findTheDashboard() throws Exception {
      HttpResponse<String> response = get("/");

      assertThat(type(response)).startsWith("text/html");
      assertThat(response.body()).contains("<title>");
      assertThat(response.headers().firstValue("content-security-policy").orElse(""))
          .contains("default-src 'none'");
    }

    @Test
    void toUnknownPathsAreNotFound() throws Exception {
      HttpResponse<String> response = get("/nothing");

      assertThat(response.statusCode()).isEqualTo(404);
      assertThat(type(response)).isEqualTo("application/json");
      assertThat(response.body()).contains("\"code\":\"not_found\"");
    }

    @Test
    void withOtherMethodsGetTheAllowedOnes() throws Exception {
      HttpResponse<String> response = send(to("/metrics").POST(BodyPublishers.noBody()));

      assertThat(response.statusCode()).isEqualTo(405);
      assertThat(response.headers().firstValue("allow")).contains("GET, HEAD");
      assertThat(response.body()).contains("\"code\":\"method_not_allowed\"");
    }

    @Test
    void withHeadGetNoBody() throws Exception {
      HttpResponse<String> response = send(to("/health").HEAD());

      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.body()).isEmpty();
      assertThat(response.headers().firstValue("content-length")).contains("20");
    }
  }
}
