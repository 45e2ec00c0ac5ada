package com.langdock.reliability.core.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CallWindowTest {
  private static final long WINDOW = 3_000;
  private static final long SLICE = WINDOW / CallWindow.SLICES;

  private final CallWindow window = new CallWindow(WINDOW, 0);

  @Test
  void countsCallsFromTheirBeginning() {
    long slice = window.begin(0);
    assertThat(window.calls(0)).isEqualTo(1);
    window.failed(slice, 500);
    assertThat(window.calls(500)).isEqualTo(1);
    assertThat(window.failures(500)).isEqualTo(1);
  }

  @Test
  void forgetsACallWithTheSliceInWhichItBegan() {
    window.failed(window.begin(SLICE - 1), WINDOW - 1);
    assertThat(window.failures(WINDOW - 1)).isEqualTo(1);
    assertThat(window.failures(WINDOW)).isZero();
  }

  @Test
  void forgetsEverythingAfterALongTime() {
    window.failed(window.begin(0), 0);
    assertThat(window.calls(Long.MAX_VALUE)).isZero();
    assertThat(window.failures(Long.MAX_VALUE)).isZero();
  }

  @Test
  void countsACallThatOutlastsTheWindowWhenItEnds() {
    long slice = window.begin(0);
    assertThat(window.calls(WINDOW)).isZero();
    window.failed(slice, WINDOW);
    assertThat(window.calls(WINDOW)).isEqualTo(1);
    assertThat(window.failures(WINDOW)).isEqualTo(1);
    assertThat(window.calls(2 * WINDOW)).isZero();
  }

  @Test
  void removesAnIgnoredCall() {
    window.ignored(window.begin(0), 10);
    assertThat(window.calls(10)).isZero();
  }

  @Test
  void countsACallWithASlightlyEarlierMoment() {
    window.begin(250);
    window.begin(190);
    assertThat(window.calls(250)).isEqualTo(2);
  }
}
