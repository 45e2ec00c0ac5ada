package com.langdock.reliability.gateway.telemetry;

import static com.langdock.reliability.gateway.telemetry.Samples.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.resilience.BreakerChange;
import com.langdock.reliability.core.resilience.BreakerState;
import com.langdock.reliability.gateway.telemetry.log.CapturedLog;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The lines that belong to no session. */
class ObservabilityTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  private final CapturedLog log = new CapturedLog();
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Observability observability =
      new Observability(registry, new ManualTicker(), List.of());

  @AfterEach
  void stopCapturing() {
    log.close();
  }

  private String changed(BreakerState from, BreakerState to, String why) {
    observability.breakerListener().changed(new BreakerChange("openai", from, to, why, 0));
    return log.lines().getLast();
  }

  @Test
  void saysWhyARequestWasRefused() {
    observability
        .requests(List.of())
        .observe(START)
        .refused(
            new RequestObserver.Refusal(
                "req_1_0000000a", "mine", "invalid_value", "messages[2].role", 0, 0, null));
    observability
        .requests(List.of())
        .observe(START)
        .refused(
            new RequestObserver.Refusal("req_2_0000000b", null, "invalid_json", null, 0, 0, TRACE));

    assertThat(log.lines())
        .containsExactly(
            "{\"level\":\"info\",\"event\":\"validation_failed\","
                + "\"message\":\"refused: invalid_value\",\"request_id\":\"req_1_0000000a\","
                + "\"client_request_id\":\"mine\",\"code\":\"invalid_value\","
                + "\"param\":\"messages[2].role\"}",
            "{\"level\":\"info\",\"event\":\"validation_failed\","
                + "\"message\":\"refused: invalid_json\",\"request_id\":\"req_2_0000000b\","
                + "\"trace_id\":\"4bf92f3577b34da6a3ce929d0e0e4736\","
                + "\"code\":\"invalid_json\"}");
  }

  @Test
  void logsTheRequestOfABug() {
    observability.bug("req_1_0000000a", TRACE, null);

    assertThat(log.lines())
        .containsExactly(
            "{\"level\":\"error\",\"event\":\"bug\",\"message\":\"a bug in the gateway\","
                + "\"request_id\":\"req_1_0000000a\","
                + "\"trace_id\":\"4bf92f3577b34da6a3ce929d0e0e4736\"}");
  }

  @Test
  void logsThatACircuitOpened() {
    assertThat(changed(BreakerState.CLOSED, BreakerState.OPEN, "5 failures in a row"))
        .isEqualTo(
            "{\"level\":\"warn\",\"event\":\"circuit_opened\","
                + "\"message\":\"openai: 5 failures in a row\",\"provider\":\"openai\","
                + "\"state\":\"open\"}");
  }

  @Test
  void logsThatACircuitIsHalfOpen() {
    assertThat(changed(BreakerState.OPEN, BreakerState.HALF_OPEN, "60 s are over"))
        .isEqualTo(
            "{\"level\":\"info\",\"event\":\"circuit_half_open\","
                + "\"message\":\"openai: 60 s are over\",\"provider\":\"openai\","
                + "\"state\":\"half_open\"}");
  }

  @Test
  void logsThatACircuitClosed() {
    assertThat(changed(BreakerState.HALF_OPEN, BreakerState.CLOSED, "the probe succeeded"))
        .isEqualTo(
            "{\"level\":\"info\",\"event\":\"circuit_closed\","
                + "\"message\":\"openai: the probe succeeded\",\"provider\":\"openai\","
                + "\"state\":\"closed\"}");
  }

  @Test
  void logsTheTransportAndWhyItIsNoBetterOne() {
    observability.transportChosen("io_uring", "");
    observability.transportChosen(
        "epoll", "io_uring is not available: the kernel is too old (5.4)");

    assertThat(log.lines())
        .containsExactly(
            "{\"level\":\"info\",\"event\":\"transport_chosen\","
                + "\"message\":\"sockets use io_uring\",\"transport\":\"io_uring\"}",
            "{\"level\":\"info\",\"event\":\"transport_chosen\","
                + "\"message\":\"sockets use epoll: io_uring is not available: the kernel is too"
                + " old (5.4)\",\"transport\":\"epoll\"}");
  }

  @Test
  void logsWhenServersStartAndStop() {
    observability.serverStarted("data", "0.0.0.0", 8080, "epoll");
    observability.serverStopped("data");

    assertThat(log.lines())
        .containsExactly(
            "{\"level\":\"info\",\"event\":\"server_started\",\"message\":\"data server listens on"
                + " 0.0.0.0:8080 with epoll\",\"server\":\"data\","
                + "\"host\":\"0.0.0.0\",\"port\":8080,\"transport\":\"epoll\"}",
            "{\"level\":\"info\",\"event\":\"server_stopped\","
                + "\"message\":\"data server stopped\",\"server\":\"data\"}");
  }
}
