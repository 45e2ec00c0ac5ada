package com.langdock.reliability.core.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PauseTest {
  private final Pause pause = new Pause();

  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE, -1, 0, 1, Long.MAX_VALUE - 50, Long.MAX_VALUE})
  void isOverAtItsMomentWhateverTheClockReads(long now) {
    assertThat(pause.waitNanos(now)).isZero();
    pause.ask(now + 100, now);
    assertThat(pause.waitNanos(now)).isEqualTo(100);
    assertThat(pause.waitNanos(now + 99)).isEqualTo(1);
    assertThat(pause.waitNanos(now + 100)).isZero();
    assertThat(pause.waitNanos(now + 1_000)).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE, -100, 0, Long.MAX_VALUE - 150})
  void isExtendedAndNeverShortened(long now) {
    pause.ask(now + 100, now);
    pause.ask(now + 200, now);
    assertThat(pause.waitNanos(now)).isEqualTo(200);
    pause.ask(now + 50, now);
    assertThat(pause.waitNanos(now)).isEqualTo(200);
  }
}
