package com.langdock.reliability.core.resilience.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CallWindowTest {
  private static final long WINDOW = 1_000;

  private final CallWindow window = new CallWindow(WINDOW, 0);

  @Test
  void countsCallsAndFailures() {
    window.add(true, 0);
    window.add(false, 1);
    window.add(true, 500);
    assertThat(window.calls(500)).isEqualTo(3);
    assertThat(window.failures(500)).isEqualTo(2);
  }

  @Test
  void forgetsASliceAtATime() {
    window.add(true, 0);
    window.add(true, 99);
    window.add(true, 100);
    assertThat(window.calls(999)).isEqualTo(3);
    assertThat(window.calls(1_000)).isEqualTo(1);
    assertThat(window.calls(1_100)).isZero();
  }

  @Test
  void forgetsEverythingAfterALongTime() {
    window.add(true, 0);
    assertThat(window.calls(Long.MAX_VALUE)).isZero();
    assertThat(window.failures(Long.MAX_VALUE)).isZero();
  }

  @Test
  void countsACallWithASlightlyEarlierMoment() {
    window.add(false, 250);
    window.add(true, 190);
    assertThat(window.calls(250)).isEqualTo(2);
  }

  @Test
  void forgetsNoCallBeforeNineTenthsOfTheWindowAndEveryCallAfterIt() {
    for (long seed = 0; seed < 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      long now = random.nextLong();
      CallWindow slices = new CallWindow(WINDOW, now);
      List<Long> moments = new ArrayList<>();
      for (int call = 0; call < 200; call++) {
        now += random.nextInt(10) == 0 ? random.nextInt(400) : random.nextInt(20);
        slices.add(false, now);
        moments.add(now);
        assertThat((long) slices.calls(now))
            .as("seed %d, call %d", seed, call)
            .isBetween(younger(moments, now, WINDOW * 9 / 10), younger(moments, now, WINDOW));
      }
    }
  }

  private static long younger(List<Long> moments, long now, long age) {
    return moments.stream().filter(moment -> now - moment < age).count();
  }
}
