package com.langdock.reliability.core.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.Failure.Refused.By;
import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.resilience.breaker.BreakerListener;
import com.langdock.reliability.core.resilience.breaker.BreakerRules;
import com.langdock.reliability.core.resilience.breaker.BreakerState;
import com.langdock.reliability.core.resilience.breaker.CircuitBreaker;
import com.langdock.reliability.core.resilience.breaker.Verdict;
import org.junit.jupiter.api.Test;

class GateTest {
  private static final long OPEN_TIME = 600;
  private static final BreakerRules RULES = new BreakerRules(1, 1, 1_000, 2, OPEN_TIME, 1);
  private static final Target GPT = new Target("openai", "gpt-4");
  private static final Target MINI = new Target("openai", "gpt-4o-mini");

  private long now = -50;
  private final CircuitBreaker breaker =
      new CircuitBreaker("openai", RULES, BreakerListener.NONE, () -> 0L, now);
  private final Gate gate = gate(GPT);
  private final Gate neighbour = gate(MINI);

  private Gate gate(Target target) {
    return new Gate(target, new Gate.Breakers(breaker, null), new RetryBudget(0.3, 10), 300);
  }

  @Test
  void admitsATargetThatNothingSpeaksAgainst() {
    assertThat(gate.admit(now)).isInstanceOf(Admission.Admitted.class);
    assertThat(gate.snapshot(now).isReady()).isTrue();
  }

  @Test
  void refusesWhileTheTargetIsPaused() {
    gate.pause(100, now);
    assertThat(gate.admit(now)).isEqualTo(refused(By.PAUSE, 100));
    assertThat(gate.snapshot(now).isReady()).isFalse();
    now += 100;
    assertThat(gate.admit(now)).isInstanceOf(Admission.Admitted.class);
  }

  @Test
  void refusesWhileTheBreakerIsOpen() {
    open();
    assertThat(gate.admit(now)).isEqualTo(refused(By.BREAKER, OPEN_TIME));
    assertThat(gate.snapshot(now).isReady()).isFalse();
  }

  @Test
  void aBreakerIsSharedButAPauseIsNot() {
    gate.pause(100, now);
    assertThat(neighbour.snapshot(now).isReady()).isTrue();
    open();
    assertThat(neighbour.admit(now)).isEqualTo(refused(By.BREAKER, OPEN_TIME));
  }

  @Test
  void aPausedTargetTakesNoProbe() {
    open();
    now += OPEN_TIME;
    gate.pause(100, now);
    assertThat(gate.admit(now)).isEqualTo(refused(By.PAUSE, 100));
    assertThat(breaker.snapshot(now).state()).isEqualTo(BreakerState.OPEN);
    assertThat(neighbour.admit(now)).isInstanceOf(Admission.Admitted.class);
  }

  @Test
  void refusesWhileTheProbeIsUnderWay() {
    open();
    now += OPEN_TIME;
    assertThat(gate.snapshot(now).isReady()).isTrue();
    assertThat(gate.admit(now)).isInstanceOf(Admission.Admitted.class);
    assertThat(neighbour.snapshot(now).isReady()).isFalse();
    assertThat(neighbour.admit(now)).isEqualTo(refused(By.BREAKER, OPEN_TIME));
  }

  @Test
  void showsItsBreakerAndItsPause() {
    gate.pause(100, now);
    assertThat(gate.snapshot(now)).isEqualTo(new GateSnapshot(GPT, breaker.snapshot(now), 100));
  }

  @Test
  void noPauseIsLongerThanTheLongest() {
    gate.pause(1_000_000, now);
    assertThat(gate.pauseNanos(now)).isEqualTo(300);
  }

  @Test
  void anAnswerThatSucceedsEndsAPauseThatNobodyAskedFor() {
    Admission.Admitted before = (Admission.Admitted) gate.admit(now);
    gate.assumePause(100, now);
    assertThat(gate.pauseNanos(now)).isEqualTo(100);
    gate.report(before, Verdict.SUCCESS, BreakerScope.TARGET, now);
    assertThat(gate.pauseNanos(now)).isZero();
  }

  @Test
  void anAnswerThatSucceedsDoesNotEndAPauseThatTheProviderAskedFor() {
    Admission.Admitted before = (Admission.Admitted) gate.admit(now);
    gate.pause(100, now);
    gate.assumePause(200, now);
    gate.report(before, Verdict.SUCCESS, BreakerScope.TARGET, now);
    assertThat(gate.pauseNanos(now)).isEqualTo(100);
  }

  @Test
  void anOperatorLiftsAPause() {
    gate.pause(100, now);
    gate.liftPause();
    assertThat(gate.admit(now)).isInstanceOf(Admission.Admitted.class);
  }

  private void open() {
    neighbour.report(
        new Admission.Admitted(breaker.tryAcquire(now).orElseThrow(), null),
        Verdict.FAILURE,
        BreakerScope.PROVIDER,
        now);
  }

  private static Admission refused(By by, long waitNanos) {
    return new Admission.Refused(new Failure.Refused(by, waitNanos));
  }
}
