package com.langdock.reliability.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatenessTest {
  private final Lateness lateness = new Lateness(100);

  @Test
  void aShareIsTheLengthThatSoManyDidNotExceed() {
    for (int i = 100; i > 0; i--) {
      lateness.add(i * 1_000_000L);
    }

    assertThat(lateness.millis(0.5)).isEqualTo(50);
    assertThat(lateness.millis(0.99)).isEqualTo(99);
    assertThat(lateness.millis(1)).isEqualTo(100);
  }

  @Test
  void oneLengthIsEveryShare() {
    lateness.add(2_500_000);

    assertThat(lateness.millis(0.5)).isEqualTo(2.5);
    assertThat(lateness.millis(1)).isEqualTo(2.5);
  }

  @Test
  void whereThereIsNoRoomTheOldestAreForgotten() {
    for (int i = 0; i < 150; i++) {
      lateness.add(i < 50 ? 9_000_000 : 1_000_000);
    }

    assertThat(lateness.millis(1)).isEqualTo(1);
  }

  @Test
  void ofNothingThereIsNoShare() {
    lateness.add(1);
    lateness.clear();

    assertThat(lateness.millis(0.5)).isNaN();
  }
}
