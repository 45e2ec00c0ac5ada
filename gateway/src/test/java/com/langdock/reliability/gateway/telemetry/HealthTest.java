package com.langdock.reliability.gateway.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.gateway.telemetry.Health.Answer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class HealthTest {
  private final AtomicBoolean providerReady = new AtomicBoolean(true);
  private final Health health = new Health(providerReady::get);

  @Test
  void isHealthyWhileItAcceptsRequests() {
    assertThat(health.answer("/health")).isEqualTo(new Answer(200, "{\"status\":\"healthy\"}"));
    assertThat(health.answer("/health/ready")).isEqualTo(new Answer(200, "{\"status\":\"ready\"}"));
  }

  @Test
  void isNotReadyWhileNoProviderIs() {
    providerReady.set(false);

    assertThat(health.answer("/health/ready"))
        .isEqualTo(new Answer(503, "{\"status\":\"no_provider_ready\"}"));
    assertThat(health.answer("/health").status()).isEqualTo(200);
  }

  @Test
  void isReadyWhileTheJournalIsAwayAndReportsIt() {
    Health withJournal = new Health(() -> true, () -> false, () -> "away");

    assertThat(withJournal.answer("/health/ready"))
        .isEqualTo(new Answer(200, "{\"status\":\"ready\",\"journal\":\"away\"}"));
    assertThat(withJournal.answer("/health").json()).isEqualTo("{\"status\":\"healthy\"}");
  }

  @Test
  void isAliveWhileItDrains() {
    health.drain();

    assertThat(health.answer("/health")).isEqualTo(new Answer(503, "{\"status\":\"draining\"}"));
    assertThat(health.answer("/health/ready").status()).isEqualTo(503);
    assertThat(health.answer("/health/live").status()).isEqualTo(200);
  }
}
