package com.langdock.reliability.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TallyTest {
  private final Tally tally = new Tally(10);

  @Test
  void countsAnswersThatAreNot200AndLostConnectionsAsFailed() {
    tally.answered(200, 1_000_000);
    tally.answered(503, 1_000_000);
    tally.answered(0, 1_000_000);

    assertThat(tally.line()).isEqualTo("1.000 1.000 1.000 2 3 NaN");
  }

  @Test
  void keepsTheLoadsOwnDelayApart() {
    tally.answered(200, 3_000_000);
    tally.sentLate(250_000);

    assertThat(tally.line()).isEqualTo("3.000 3.000 3.000 0 1 0.250");
  }
}
