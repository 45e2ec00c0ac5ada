package com.langdock.reliability.core.quota;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.access.Priority;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class SheddingTest {
  private static String refused(double saturation) {
    StringBuilder refused = new StringBuilder();
    for (Priority priority : Priority.values()) {
      if (Shedding.refuses(priority, saturation)) {
        refused.append(priority).append(' ');
      }
    }
    return refused.toString().strip();
  }

  @Test
  void refusesLowPriorityFirstAndHighLast() {
    assertThat(refused(0.79)).isEmpty();
    assertThat(refused(0.8)).isEqualTo("LOW");
    assertThat(refused(0.94)).isEqualTo("LOW");
    assertThat(refused(0.95)).isEqualTo("LOW NORMAL");
    assertThat(refused(0.999)).isEqualTo("LOW NORMAL");
    assertThat(refused(1)).isEqualTo("LOW NORMAL HIGH");
    assertThat(refused(7)).isEqualTo("LOW NORMAL HIGH");
  }

  @Test
  void isDecidedByWhatIsUsedMost() {
    assertThat(Shedding.saturation(0.5, 0.2, 0)).isEqualTo(0.5);
    assertThat(Shedding.saturation(0.5, 0.9, 0)).isEqualTo(0.9);
    assertThat(Shedding.saturation(0.5, 0.2, TimeUnit.MILLISECONDS.toNanos(160))).isEqualTo(0.8);
    assertThat(Shedding.saturation(0.01, 0, TimeUnit.MILLISECONDS.toNanos(200))).isEqualTo(1);
  }

  @Test
  void takesNoDelayForLoadWhileHardlyAnyRequestRuns() {
    assertThat(Shedding.saturation(0.009, 0, TimeUnit.SECONDS.toNanos(9))).isEqualTo(0.009);
  }

  @Test
  void neverRefusesAHigherPriorityWhereALowerOneIsAdmitted() {
    SplittableRandom random = new SplittableRandom(11);
    for (int i = 0; i < 1_000; i++) {
      double saturation =
          Shedding.saturation(
              random.nextDouble(1.2), random.nextDouble(1.2), random.nextLong(300_000_000));
      boolean low = Shedding.refuses(Priority.LOW, saturation);
      boolean normal = Shedding.refuses(Priority.NORMAL, saturation);
      boolean high = Shedding.refuses(Priority.HIGH, saturation);
      assertThat(low || !normal).isTrue();
      assertThat(normal || !high).isTrue();
    }
  }
}
