package com.langdock.reliability.gateway.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class DistributionTest {
  private static final double[] LIMITS = {0.1, 1, Double.POSITIVE_INFINITY};

  private static Distribution counts(long... counts) {
    return new Distribution(LIMITS, counts);
  }

  @Test
  void ofATimerHasItsBucketsAndTheDurationsBeyondThem() {
    Timer timer =
        Timer.builder("t")
            .serviceLevelObjectives(Duration.ofMillis(100), Duration.ofSeconds(1))
            .register(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    timer.record(Duration.ofMillis(50));
    timer.record(Duration.ofMillis(60));
    timer.record(Duration.ofMillis(500));
    timer.record(Duration.ofSeconds(5));

    assertThat(Distribution.of(timer))
        .satisfies(all -> assertThat(all.limits()).containsExactly(LIMITS))
        .satisfies(all -> assertThat(all.counts()).containsExactly(2, 1, 1));
  }

  @Test
  void percentilesSpreadABucketEvenly() {
    assertThat(counts(0, 10, 0).percentileMillis(0.5)).isCloseTo(550.0, within(1e-9));
    assertThat(counts(10, 10, 0).percentileMillis(0.5)).isCloseTo(100.0, within(1e-9));
    assertThat(counts(10, 10, 0).percentileMillis(0.25)).isCloseTo(50.0, within(1e-9));
  }

  @Test
  void percentilesBeyondTheLastLimitAreThatLimit() {
    assertThat(counts(0, 0, 3).percentileMillis(0.99)).isCloseTo(1_000.0, within(1e-9));
  }

  @Test
  void percentilesOfNothingAreNull() {
    assertThat(counts(0, 0, 0).percentileMillis(0.5)).isNull();
    assertThat(Distribution.EMPTY.percentileMillis(0.5)).isNull();
  }

  @Test
  void addsAndSubtractsBucketByBucket() {
    assertThat(counts(5, 0, 0).plus(counts(0, 5, 0)))
        .satisfies(sum -> assertThat(sum.counts()).containsExactly(5, 5, 0));
    assertThat(Distribution.EMPTY.plus(counts(1, 0, 0)).counts()).containsExactly(1, 0, 0);
    assertThat(counts(5, 1, 0).since(Distribution.EMPTY).counts()).containsExactly(5, 1, 0);
  }
}
