package com.langdock.reliability.core.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackoffTest {
  private static final long SECOND = 1_000_000_000L;
  private static final Backoff BACKOFF = new Backoff(2 * SECOND, 60 * SECOND);

  @ParameterizedTest
  @CsvSource({"1, 2", "2, 4", "3, 8", "4, 16", "5, 32", "6, 60", "7, 60"})
  void doublesWithEachFailureUpToTheLongest(int failures, long seconds) {
    assertThat(BACKOFF.waitNanos(failures, always(0))).isEqualTo(seconds * SECOND);
  }

  @Test
  void addsUpToHalfAtRandom() {
    assertThat(BACKOFF.waitNanos(1, always(0.5))).isEqualTo(2_500_000_000L);
    RandomGenerator random = new SplittableRandom(1);
    for (int round = 0; round < 10_000; round++) {
      assertThat(BACKOFF.waitNanos(2, random)).isBetween(4 * SECOND, 6 * SECOND);
    }
  }

  @Test
  void theRandomPartDoesNotExceedTheLongest() {
    assertThat(BACKOFF.waitNanos(5, always(0.99))).isEqualTo(47_840_000_000L);
    assertThat(BACKOFF.waitNanos(6, always(0.99))).isEqualTo(60 * SECOND);
  }

  @ParameterizedTest
  @ValueSource(ints = {31, 32, 33, 63, 64, 65, 1_000, 1_100, Integer.MAX_VALUE})
  void doesNotOverflowHoweverManyFailures(int failures) {
    assertThat(BACKOFF.waitNanos(failures, always(0.99))).isEqualTo(60 * SECOND);
    assertThat(new Backoff(1, Long.MAX_VALUE).waitNanos(failures, always(0.99))).isPositive();
  }

  @Test
  void doesNotWaitWhenTheBaseIsZero() {
    assertThat(new Backoff(0, SECOND).waitNanos(Integer.MAX_VALUE, always(0.5))).isZero();
  }

  private static RandomGenerator always(double value) {
    return new RandomGenerator() {
      @Override
      public long nextLong() {
        throw new UnsupportedOperationException("only fractions are asked for");
      }

      @Override
      public double nextDouble() {
        return value;
      }
    };
  }
}
