package com.langdock.reliability.core.resilience;

import static com.langdock.reliability.core.resilience.Outcome.FAILURE;
import static com.langdock.reliability.core.resilience.Outcome.IGNORE;
import static com.langdock.reliability.core.resilience.Outcome.OPEN;
import static com.langdock.reliability.core.resilience.Outcome.SUCCESS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {
  private static final long WINDOW = 1_000;
  private static final long OPEN_TIME = 600;
  private static final BreakerRules RULES = new BreakerRules(3, 0.5, WINDOW, 10, OPEN_TIME, 2);

  private final List<BreakerChange> changes = new ArrayList<>();
  private long now = Long.MAX_VALUE - 100; // the clock wraps around on the way
  private final CircuitBreaker breaker =
      new CircuitBreaker("openai", RULES, changes::add, () -> 0L, now);

  @Nested
  class WhileClosed {
    @Test
    void letsEveryCallThrough() {
      for (int call = 0; call < 100; call++) {
        assertThat(breaker.tryAcquire(now)).isPresent();
      }
      assertThat(breaker.waitNanos(now)).isZero();
    }

    @Test
    void opensOnFailuresInARow() {
      report(FAILURE, FAILURE);
      assertThat(state()).isEqualTo(BreakerState.CLOSED);
      report(FAILURE);
      assertThat(changes)
          .containsExactly(
              new BreakerChange(
                  "openai", BreakerState.CLOSED, BreakerState.OPEN, "3 failures in a row", now));
    }

    @Test
    void startsCountingAgainAfterASuccess() {
      report(FAILURE, FAILURE, SUCCESS, FAILURE, FAILURE);
      assertThat(state()).isEqualTo(BreakerState.CLOSED);
      assertThat(breaker.snapshot(now).consecutiveFailures()).isEqualTo(2);
    }

    @Test
    void doesNotOpenOnARunWhileTheWindowHasManyCalls() {
      for (int call = 0; call < 20; call++) {
        report(SUCCESS);
      }
      report(FAILURE, FAILURE, FAILURE, FAILURE, FAILURE);
      assertThat(state()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void opensWhenTheFailureRateIsReached() {
      report(SUCCESS, FAILURE, SUCCESS, FAILURE, SUCCESS);
      now += WINDOW / 10;
      report(FAILURE, SUCCESS, FAILURE, SUCCESS);
      assertThat(state()).isEqualTo(BreakerState.CLOSED);
      report(FAILURE);
      assertThat(changes).singleElement().returns("5 of 10 calls failed", BreakerChange::why);
    }

    @Test
    void needsAClearerShareWhileItsCallsAreYoung() {
      report(SUCCESS, FAILURE, FAILURE, SUCCESS, FAILURE, FAILURE, SUCCESS, FAILURE, FAILURE);
      report(FAILURE, FAILURE);
      assertThat(state()).isEqualTo(BreakerState.CLOSED);
      report(FAILURE);
      assertThat(changes).singleElement().returns("9 of 12 calls failed", BreakerChange::why);
    }

    @Test
    void seesATotalOutageSoonAfterAGoodMinute() {
      for (int call = 0; call < 3_000; call++) {
        report(SUCCESS);
      }
      int failures = 0;
      now += WINDOW / 30;
      while (state() == BreakerState.CLOSED) {
        report(FAILURE);
        failures++;
      }
      assertThat(failures).isEqualTo(50);
    }

    @Test
    void weighsAFailureAgainstTheCallsThatAreStillInFlight() {
      for (int round = 0; round < 100; round++) {
        for (int slow = 0; slow < 4; slow++) {
          acquire(); // its good answer takes longer than this test
        }
        report(FAILURE);
        now += WINDOW / 100;
      }
      assertThat(state()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void weighsCallsThatOutlastTheWindowAgainstEachOther() {
      List<Permit> slow = new ArrayList<>();
      for (int call = 0; call < 10; call++) {
        slow.add(acquire());
      }
      now += WINDOW;
      for (int call = 0; call < 100; call++) {
        acquire();
      }
      slow.subList(0, 9).forEach(permit -> breaker.report(permit, FAILURE, now));
      assertThat(state()).isEqualTo(BreakerState.CLOSED);
      breaker.report(slow.getLast(), FAILURE, now);
      assertThat(state()).isEqualTo(BreakerState.OPEN);
    }

    @Test
    void staysClosedBelowTheFailureRate() {
      for (int round = 0; round < 100; round++) {
        report(FAILURE, SUCCESS, SUCCESS);
      }
      assertThat(state()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void reachesARateThatMultiplicationWouldMiss() {
      BreakerRules rules = new BreakerRules(100, 0.07, WINDOW, 100, OPEN_TIME, 1);
      CircuitBreaker exact =
          new CircuitBreaker("exact", rules, BreakerListener.NONE, () -> 0L, now);
      for (int call = 1; call <= 100; call++) {
        now += WINDOW / 500;
        Outcome outcome = call > 93 ? FAILURE : SUCCESS;
        exact.report(exact.tryAcquire(now).orElseThrow(), outcome, now);
      }
      assertThat(exact.snapshot(now).state()).isEqualTo(BreakerState.OPEN);
    }

    @Test
    void forgetsCallsThatAreOlderThanTheWindow() {
      report(FAILURE, SUCCESS, FAILURE, SUCCESS, FAILURE, SUCCESS, FAILURE, SUCCESS);
      now += WINDOW;
      report(SUCCESS, FAILURE);
      assertThat(state()).isEqualTo(BreakerState.CLOSED);
      assertThat(breaker.snapshot(now).windowCalls()).isEqualTo(2);
      assertThat(breaker.snapshot(now).windowFailures()).isEqualTo(1);
    }

    @Test
    void ignoresIgnoredOutcomes() {
      report(FAILURE, FAILURE, IGNORE, IGNORE);
      assertThat(breaker.snapshot(now).windowCalls()).isEqualTo(2);
      report(FAILURE);
      assertThat(state()).isEqualTo(BreakerState.OPEN);
    }

    @Test
    void opensForLongOnARejectedCredential() {
      report(OPEN);
      assertThat(state()).isEqualTo(BreakerState.OPEN);
      assertThat(breaker.waitNanos(now)).isEqualTo(CircuitBreaker.LONG_OPEN_FACTOR * OPEN_TIME);
    }
  }

  @Nested
  class WhileOpen {
    @Test
    void refusesUntilTheOpenTimeIsOver() {
      open();
      now += OPEN_TIME - 1;
      assertThat(breaker.tryAcquire(now)).isEmpty();
      assertThat(breaker.waitNanos(now)).isEqualTo(1);
      now++;
      assertThat(breaker.waitNanos(now)).isZero();
      assertThat(breaker.tryAcquire(now)).isPresent();
      assertThat(state()).isEqualTo(BreakerState.HALF_OPEN);
    }

    @Test
    void dropsReportsOfCallsThatBeganBefore() {
      Permit late = acquire();
      open();
      breaker.report(late, OPEN, now);
      assertThat(breaker.waitNanos(now)).isEqualTo(OPEN_TIME);
      assertThat(changes).hasSize(1);
    }

    @Test
    void reportsADueProbeWithoutBecomingHalfOpen() {
      open();
      now += OPEN_TIME;
      for (int read = 0; read < 10; read++) {
        assertThat(breaker.snapshot(now))
            .returns(BreakerState.OPEN, BreakerSnapshot::state)
            .returns("3 failures in a row; a probe is due", BreakerSnapshot::why)
            .returns(now - OPEN_TIME, BreakerSnapshot::sinceNanos)
            .returns(0L, BreakerSnapshot::waitNanos);
      }
      assertThat(changes).hasSize(1);
    }
  }

  @Nested
  class WhileHalfOpen {
    @Test
    void letsOnlyItsProbesThroughAtOnce() {
      halfOpen();
      acquire();
      assertThat(breaker.tryAcquire(now)).isEmpty();
      assertThat(breaker.waitNanos(now)).isPositive();
    }

    @Test
    void closesOnAsManySuccessesAsProbes() {
      Permit first = halfOpen();
      breaker.report(first, SUCCESS, now);
      assertThat(state()).isEqualTo(BreakerState.HALF_OPEN);
      report(SUCCESS);
      assertThat(state()).isEqualTo(BreakerState.CLOSED);
      assertThat(changes)
          .extracting(BreakerChange::to)
          .containsExactly(BreakerState.OPEN, BreakerState.HALF_OPEN, BreakerState.CLOSED);
    }

    @Test
    void opensAgainOnOneFailureNeverForLongerThanTheLongestTime() {
      Permit first = halfOpen();
      report(SUCCESS);
      breaker.report(first, FAILURE, now);
      assertThat(state()).isEqualTo(BreakerState.OPEN);
      assertThat(breaker.waitNanos(now)).isEqualTo(OPEN_TIME);
    }

    @Test
    void opensForLongWhenTheProviderWillNotWorkSoon() {
      breaker.report(halfOpen(), OPEN, now);
      assertThat(breaker.waitNanos(now)).isEqualTo(CircuitBreaker.LONG_OPEN_FACTOR * OPEN_TIME);
    }

    @Test
    void reusesThePlaceOfAnIgnoredProbe() {
      Permit first = halfOpen();
      acquire();
      breaker.report(first, IGNORE, now);
      assertThat(breaker.waitNanos(now)).isZero();
      assertThat(breaker.tryAcquire(now)).isPresent();
      assertThat(breaker.tryAcquire(now)).isEmpty();
      assertThat(state()).isEqualTo(BreakerState.HALF_OPEN);
    }

    @Test
    void reusesThePlaceOfALostProbeAfterTheOpenTime() {
      halfOpen();
      acquire();
      now += OPEN_TIME - 1;
      assertThat(breaker.tryAcquire(now)).isEmpty();
      assertThat(breaker.waitNanos(now)).isEqualTo(1);
      now++;
      assertThat(breaker.waitNanos(now)).isZero();
      assertThat(breaker.tryAcquire(now)).isPresent();
    }

    @Test
    void countsAProbeThatTookLongerThanTheOpenTime() {
      Permit slow = halfOpen();
      now += OPEN_TIME;
      assertThat(breaker.tryAcquire(now)).isPresent();
      breaker.report(slow, FAILURE, now);
      assertThat(state()).isEqualTo(BreakerState.OPEN);
    }

    @Test
    void countsAProbeOnlyOnce() {
      Permit first = halfOpen();
      breaker.report(first, SUCCESS, now);
      breaker.report(first, SUCCESS, now);
      breaker.report(first, FAILURE, now);
      assertThat(state()).isEqualTo(BreakerState.HALF_OPEN);
    }

    @Test
    void dropsReportsFromTheTimeBeforeItOpened() {
      Permit late = acquire();
      halfOpen();
      breaker.report(late, FAILURE, now);
      assertThat(state()).isEqualTo(BreakerState.HALF_OPEN);
    }

    @Test
    void reportsAShortWaitWhileProbesAreRunning() {
      long second = 1_000_000_000L;
      BreakerRules rules = new BreakerRules(1, 1, WINDOW, 1, 60 * second, 1);
      CircuitBreaker slow = new CircuitBreaker("slow", rules, BreakerListener.NONE, () -> 0L, now);
      slow.report(slow.tryAcquire(now).orElseThrow(), FAILURE, now);
      now += 60 * second;
      assertThat(slow.tryAcquire(now)).isPresent();
      assertThat(slow.waitNanos(now)).isEqualTo(second);
    }
  }

  @Nested
  class AnOperatorsReset {
    @Test
    void closesIt() {
      open();
      breaker.reset(now);
      assertThat(state()).isEqualTo(BreakerState.CLOSED);
      assertThat(changes.getLast().why()).isEqualTo("an operator reset it");
    }

    @Test
    void forgetsTheFailuresOfAClosedOne() {
      report(FAILURE, FAILURE);
      Permit before = acquire();
      breaker.reset(now);
      breaker.report(before, FAILURE, now);
      assertThat(breaker.snapshot(now).windowCalls()).isZero();
      assertThat(state()).isEqualTo(BreakerState.CLOSED);
    }
  }

  @Nested
  class AfterItClosedAgain {
    @Test
    void clearsEarlierFailures() {
      breaker.report(halfOpen(), SUCCESS, now);
      report(SUCCESS);
      assertThat(breaker.snapshot(now))
          .isEqualTo(
              new BreakerSnapshot(
                  "openai", BreakerState.CLOSED, "the probes succeeded", now, 0, 0, 0, 0));
    }

    @Test
    void dropsTheReportOfAProbeThatIsStillUnderWay() {
      Permit first = halfOpen();
      report(SUCCESS);
      Permit straggler = acquire();
      breaker.report(first, SUCCESS, now);
      breaker.report(straggler, OPEN, now);
      assertThat(state()).isEqualTo(BreakerState.CLOSED);
    }
  }

  @Test
  void isClosedAndEmptyAtFirst() {
    assertThat(breaker.snapshot(now))
        .isEqualTo(
            new BreakerSnapshot("openai", BreakerState.CLOSED, "never opened", now, 0, 0, 0, 0));
  }

  @Test
  void callsTheListenerOutsideItsLock() {
    List<Boolean> locked = new ArrayList<>();
    CircuitBreaker[] watched = new CircuitBreaker[1];
    watched[0] =
        new CircuitBreaker(
            "b", RULES, change -> locked.add(Thread.holdsLock(watched[0])), () -> 0L, now);
    watched[0].report(watched[0].tryAcquire(now).orElseThrow(), OPEN, now);
    now += CircuitBreaker.LONG_OPEN_FACTOR * OPEN_TIME;
    watched[0].tryAcquire(now);
    assertThat(locked).containsExactly(false, false);
  }

  private void report(Outcome... outcomes) {
    for (Outcome outcome : outcomes) {
      breaker.report(acquire(), outcome, now);
    }
  }

  private void open() {
    report(FAILURE, FAILURE, FAILURE);
  }

  /** Opens it, lets the open time pass, and returns the first probe's permit. */
  private Permit halfOpen() {
    open();
    now += OPEN_TIME;
    return acquire();
  }

  private Permit acquire() {
    return breaker.tryAcquire(now).orElseThrow();
  }

  private BreakerState state() {
    return breaker.snapshot(now).state();
  }
}
