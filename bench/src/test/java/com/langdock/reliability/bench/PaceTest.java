package com.langdock.reliability.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {
  private static final long BEGUN = -500_000; // the clock may begin anywhere

  @Test
  void aRequestIsDueWhenItsMomentHasCome() {
    Pace pace = new Pace(BEGUN, 1_000);

    assertThat(pace.isDue(BEGUN - 1)).isFalse();
    assertThat(pace.take()).isEqualTo(BEGUN);
    assertThat(pace.isDue(BEGUN + 999_999)).isFalse();
    assertThat(pace.isDue(BEGUN + 1_000_000)).isTrue();
  }

  @Test
  void requestsThatCouldNotBeSentStayDueAtTheirOwnMoments() {
    Pace pace = new Pace(0, 1_000);
    long stalledUntil = 3_500_000;

    int sent = 0;
    long lastDue = -1;
    while (pace.isDue(stalledUntil)) {
      lastDue = pace.take();
      sent++;
    }

    assertThat(sent).isEqualTo(4);
    assertThat(lastDue).isEqualTo(3_000_000);
  }

  @Test
  void aRateThatDoesNotDivideASecondDoesNotDrift() {
    Pace pace = new Pace(0, 15_000);
    for (int i = 0; i < 15_000 * 60; i++) {
      pace.take();
    }

    assertThat(pace.take()).isEqualTo(60_000_000_000L);
  }
}
