package com.langdock.reliability.gateway.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class FiguresTest {
  private static final double[] LIMITS = {0.1, 1, Double.POSITIVE_INFINITY};

  private static Distribution counts(long... counts) {
    return new Distribution(LIMITS, counts);
  }

  private static Totals totals(long at, double succeeded, double failed, Distribution latency) {
    return new Totals(
        at,
        succeeded + failed,
        succeeded,
        failed,
        succeeded * 30,
        succeeded * 0.01,
        4,
        latency,
        Distribution.EMPTY,
        Map.of());
  }

  @Test
  void areWhatCameBetweenTwoMoments() {
    Totals then = totals(0, 100, 10, counts(50, 50, 0));
    Totals now = totals(10_000, 190, 20, counts(140, 60, 0));
    Figures figures = Figures.between(then, now);

    assertThat(figures.requestsPerSecond()).isEqualTo(10);
    assertThat(figures.successRate()).isEqualTo(0.9);
    assertThat(figures.tokensPerSecond()).isEqualTo(270);
    assertThat(figures.costPerHour()).isCloseTo(324, within(1e-9));
    assertThat(figures.inFlight()).isEqualTo(4);
    assertThat(figures.latencyP50()).isCloseTo(55.6, within(0.1));
  }

  @Test
  void sayNothingWhereNothingHappened() {
    Totals quiet = totals(0, 5, 0, counts(5, 0, 0));
    Figures figures = Figures.between(quiet, totals(60_000, 5, 0, counts(5, 0, 0)));

    assertThat(figures.requestsPerSecond()).isZero();
    assertThat(figures.successRate()).isNull();
    assertThat(figures.latencyP99()).isNull();
    assertThat(figures.firstTokenP50()).isNull();
  }

  @Test
  void ofOneMomentAreZero() {
    Totals first = totals(7, 5, 0, counts(5, 0, 0));
    assertThat(Figures.between(first, first).requestsPerSecond()).isZero();
  }

  @Nested
  final class APercentile {
    @Test
    void liesWithinItsBucketBySpreadingItEvenly() {
      assertThat(counts(0, 10, 0).percentileMillis(0.5)).isCloseTo(550.0, within(1e-9));
      assertThat(counts(10, 10, 0).percentileMillis(0.5)).isCloseTo(100.0, within(1e-9));
      assertThat(counts(10, 10, 0).percentileMillis(0.25)).isCloseTo(50.0, within(1e-9));
    }

    @Test
    void beyondTheLastLimitIsThatLimit() {
      assertThat(counts(0, 0, 3).percentileMillis(0.99)).isCloseTo(1_000.0, within(1e-9));
    }

    @Test
    void ofNothingIsUnknown() {
      assertThat(counts(0, 0, 0).percentileMillis(0.5)).isNull();
      assertThat(Distribution.EMPTY.percentileMillis(0.5)).isNull();
    }

    @Test
    void isOfAllSeriesTogether() {
      assertThat(counts(5, 0, 0).plus(counts(0, 5, 0)))
          .satisfies(sum -> assertThat(sum.counts()).containsExactly(5, 5, 0));
      assertThat(Distribution.EMPTY.plus(counts(1, 0, 0)).counts()).containsExactly(1, 0, 0);
      assertThat(counts(5, 1, 0).since(Distribution.EMPTY).counts()).containsExactly(5, 1, 0);
    }
  }
}
