package com.langdock.reliability.gateway.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.langdock.reliability.gateway.telemetry.Distribution;
import com.langdock.reliability.gateway.telemetry.MeterSnapshot;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FiguresTest {
  private static final double[] LIMITS = {0.1, 1, Double.POSITIVE_INFINITY};

  private static Distribution counts(long... counts) {
    return new Distribution(LIMITS, counts);
  }

  private static MeterSnapshot snapshot(
      long at, double succeeded, double failed, Distribution latency) {
    return new MeterSnapshot(
        at,
        new MeterSnapshot.Requests(succeeded + failed, succeeded, failed),
        new MeterSnapshot.Consumption(succeeded * 30, succeeded * 0.01),
        4,
        latency,
        Distribution.EMPTY,
        Map.of());
  }

  @Test
  void areRatesBetweenTwoSnapshots() {
    MeterSnapshot then = snapshot(0, 100, 10, counts(50, 50, 0));
    MeterSnapshot now = snapshot(10_000, 190, 20, counts(140, 60, 0));
    Figures figures = Figures.between(then, now);

    assertThat(figures.requestsPerSecond()).isEqualTo(10);
    assertThat(figures.successRate()).isEqualTo(0.9);
    assertThat(figures.spending().tokensPerSecond()).isEqualTo(270);
    assertThat(figures.spending().dollarsPerHour()).isCloseTo(324, within(1e-9));
    assertThat(figures.inFlight()).isEqualTo(4);
    assertThat(figures.latency().p50()).isCloseTo(55.6, within(0.1));
  }

  @Test
  void areNullWhereNothingHappened() {
    MeterSnapshot quiet = snapshot(0, 5, 0, counts(5, 0, 0));
    Figures figures = Figures.between(quiet, snapshot(60_000, 5, 0, counts(5, 0, 0)));

    assertThat(figures.requestsPerSecond()).isZero();
    assertThat(figures.successRate()).isNull();
    assertThat(figures.latency().p99()).isNull();
    assertThat(figures.firstToken().p50()).isNull();
  }

  @Test
  void ofOneMomentAreZero() {
    MeterSnapshot first = snapshot(7, 5, 0, counts(5, 0, 0));
    assertThat(Figures.between(first, first).requestsPerSecond()).isZero();
  }
}
