package com.langdock.reliability.gateway.telemetry;

import static com.langdock.reliability.gateway.telemetry.Samples.CLAUDE;
import static com.langdock.reliability.gateway.telemetry.Samples.GPT;
import static com.langdock.reliability.gateway.telemetry.Samples.RATE_LIMITED;
import static com.langdock.reliability.gateway.telemetry.Samples.REQUEST;
import static com.langdock.reliability.gateway.telemetry.Samples.START;
import static com.langdock.reliability.gateway.telemetry.Samples.TIMEOUT;
import static com.langdock.reliability.gateway.telemetry.Samples.USAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.langdock.reliability.core.domain.ErrorCode;
import com.langdock.reliability.core.domain.ModelCatalog;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class MeterSnapshotTest {
  private final Observability observability =
      new Observability(
          new PrometheusMeterRegistry(PrometheusConfig.DEFAULT), new ManualTicker(), List.of());
  private final RequestWatcher watcher =
      observability.requests(
          List.of(observability.meters(List.of(GPT, CLAUDE), new ModelCatalog(Map.of()))));

  private ScriptedRequest request() {
    return new ScriptedRequest(watcher.observe(START).began(REQUEST), REQUEST.acceptedAt());
  }

  @Test
  void countsRequestsByHowTheyEnded() {
    request().attempt(1, GPT).after(40).succeeds(USAGE);
    request().attempt(1, GPT).after(400).fails(TIMEOUT, ErrorCode.PROVIDER_TIMEOUT);
    request().attempt(1, GPT).clientLeaves();
    request().attempt(1, GPT);
    MeterSnapshot snapshot = observability.snapshot();

    assertThat(snapshot.requests()).isEqualTo(new MeterSnapshot.Requests(3, 1, 1));
    assertThat(snapshot.inFlight()).isOne();
    assertThat(snapshot.latency().percentileMillis(0.5)).isCloseTo(50, within(1e-6));
    assertThat(snapshot.latency().percentileMillis(1)).isCloseTo(500, within(1e-6));
  }

  @Test
  void countsAttemptsByTarget() {
    request()
        .attempt(1, GPT)
        .attemptFails(RATE_LIMITED)
        .attempt(2, GPT)
        .attemptFails(TIMEOUT)
        .attempt(3, CLAUDE)
        .succeeds(USAGE);
    MeterSnapshot snapshot = observability.snapshot();

    assertThat(snapshot.attempts())
        .containsEntry(GPT, new MeterSnapshot.Attempts(0, 2))
        .containsEntry(CLAUDE, new MeterSnapshot.Attempts(1, 0));
    assertThat(snapshot.attemptsSince(snapshot, GPT)).isEqualTo(MeterSnapshot.Attempts.NONE);
  }

  @Test
  void addsTokensAndTheTimeToTheFirstChunk() {
    request().attempt(1, GPT).after(20).firstContent().succeeds(USAGE);
    MeterSnapshot snapshot = observability.snapshot();

    assertThat(snapshot.consumption().tokens()).isEqualTo(15);
    assertThat(snapshot.timeToFirstChunk().percentileMillis(1)).isCloseTo(25, within(1e-6));
  }
}
