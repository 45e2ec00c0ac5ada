package com.langdock.reliability.gateway.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.gateway.telemetry.log.CapturedLog;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RefusalsTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final ManualTicker ticker = new ManualTicker();
  private final Refusals refusals = new Refusals(registry, ticker);

  private void refuse(int times) {
    for (int i = 0; i < times; i++) {
      refusals.add(new EarlyRefusal("req_1", null, 413, "request_too_large", "10.0.0.7"));
    }
  }

  @Test
  void eachIsCountedByItsReason() {
    refuse(3);
    refusals.count("invalid_json", "req_1");
    assertThat(counted("request_too_large")).isEqualTo(3);
    assertThat(counted("invalid_json")).isEqualTo(1);
  }

  @Test
  void aFloodDoesNotFillTheLog() {
    try (CapturedLog log = new CapturedLog()) {
      refuse(1_000);
      assertThat(log.lines()).hasSize(Refusals.MAX_LINES);
      ticker.advance(Duration.ofSeconds(1));
      refuse(1);
      assertThat(log.lines()).hasSize(Refusals.MAX_LINES + 1);
      assertThat(log.lines().getLast())
          .contains("request_refused", "request_too_large", "10.0.0.7", "\"left_out\":990");
    }
    assertThat(counted("request_too_large")).isEqualTo(1_001);
  }

  private double counted(String reason) {
    return registry.get("gateway.requests.refused").tag("reason", reason).counter().count();
  }
}
