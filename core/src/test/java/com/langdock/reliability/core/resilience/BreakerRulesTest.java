package com.langdock.reliability.core.resilience;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BreakerRulesTest {
  @Test
  void refusesCountsAndTimesBelowOne() {
    assertThatThrownBy(() -> new BreakerRules(0, 0.5, 1, 1, 1, 1))
        .hasMessageContaining("threshold");
    assertThatThrownBy(() -> new BreakerRules(1, 0.5, 0, 1, 1, 1)).hasMessageContaining("window");
    assertThatThrownBy(() -> new BreakerRules(1, 0.5, 1, 0, 1, 1)).hasMessageContaining("minimum");
    assertThatThrownBy(() -> new BreakerRules(1, 0.5, 1, 1, 0, 1))
        .hasMessageContaining("maxOpenNanos");
    assertThatThrownBy(() -> new BreakerRules(1, 0.5, 1, 1, 1, 0)).hasMessageContaining("Probes");
  }

  @Test
  void refusesAFailureRateThatIsNoShare() {
    for (double rate : new double[] {0, -0.1, 1.01, Double.NaN}) {
      assertThatThrownBy(() -> new BreakerRules(1, rate, 1, 1, 1, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("failureRate");
    }
  }
}
