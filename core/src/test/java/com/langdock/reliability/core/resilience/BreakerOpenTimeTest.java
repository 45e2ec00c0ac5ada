package com.langdock.reliability.core.resilience;

import static com.langdock.reliability.core.resilience.Outcome.FAILURE;
import static com.langdock.reliability.core.resilience.Outcome.OPEN;
import static com.langdock.reliability.core.resilience.Outcome.SUCCESS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** How long a breaker is open, and when it gives a probe before that time is over. */
class BreakerOpenTimeTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long WINDOW = 1_000;

  private long now = Long.MAX_VALUE - 100; // the clock wraps around on the way

  @Nested
  class OpenTimes {
    private static final BreakerRules MINUTE =
        new BreakerRules(1, 1, 30 * SECOND, 10, 60 * SECOND, 1);

    private CircuitBreaker minute = breaker(() -> 0L);

    private CircuitBreaker breaker(RandomGenerator random) {
      return new CircuitBreaker("minute", MINUTE, BreakerListener.NONE, random, now);
    }

    private void failNext() {
      now += minute.waitNanos(now);
      minute.report(minute.tryAcquire(now).orElseThrow(), FAILURE, now);
    }

    @Test
    void doubleWithEachFailedProbeUpToTheLongest() {
      List<Long> seconds = new ArrayList<>();
      for (int probe = 0; probe < 6; probe++) {
        failNext();
        seconds.add(minute.waitNanos(now) / SECOND);
      }
      assertThat(seconds).containsExactly(5L, 10L, 20L, 40L, 60L, 60L);
    }

    @Test
    void startAgainWithTheFirstAfterASuccess() {
      failNext();
      failNext();
      now += minute.waitNanos(now);
      minute.report(minute.tryAcquire(now).orElseThrow(), SUCCESS, now);
      failNext();
      assertThat(minute.waitNanos(now)).isEqualTo(5 * SECOND);
    }

    @Test
    void areAtMostATwentiethShorterByChance() {
      minute = breaker(() -> -1L); // the largest double below 1
      failNext();
      assertThat(minute.waitNanos(now)).isBetween(4_750_000_000L, 4_750_000_010L);
    }
  }

  @Nested
  class EarlyProbes {

    private final CircuitBreaker slow =
        new CircuitBreaker(
            "slow",
            new BreakerRules(1, 1, WINDOW, 10, 60 * SECOND, 1),
            BreakerListener.NONE,
            () -> 0L,
            now);

    private void open(Outcome outcome) {
      slow.report(slow.tryAcquire(now).orElseThrow(), outcome, now);
    }

    @Test
    void areGivenOnceASecondWhileItIsOpen() {
      open(FAILURE);
      assertThat(slow.tryAcquireEarly(now)).isEmpty();
      now += SECOND;
      Permit early = slow.tryAcquireEarly(now).orElseThrow();
      assertThat(early.isProbe()).isTrue();
      assertThat(slow.tryAcquireEarly(now)).isEmpty();
      slow.report(early, FAILURE, now);
      assertThat(slow.tryAcquireEarly(now)).isEmpty();
      now += SECOND;
      assertThat(slow.tryAcquireEarly(now)).isPresent();
    }

    @Test
    void doNotLengthenTheOpenTimeWhenTheyFail() {
      open(FAILURE);
      now += SECOND;
      slow.report(slow.tryAcquireEarly(now).orElseThrow(), FAILURE, now);
      assertThat(slow.waitNanos(now)).isEqualTo(4 * SECOND);
    }

    @Test
    void closeItWhenTheySucceed() {
      open(FAILURE);
      now += SECOND;
      slow.report(slow.tryAcquireEarly(now).orElseThrow(), SUCCESS, now);
      assertThat(slow.snapshot(now).state()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void areNotGivenWhileTheCredentialIsRefused() {
      open(OPEN);
      now += 10 * SECOND;
      assertThat(slow.isOpenForLong()).isTrue();
      assertThat(slow.tryAcquireEarly(now)).isEmpty();
    }
  }
}
