package com.langdock.reliability.core.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.Failure.Refused.By;
import com.langdock.reliability.core.domain.Target;
import org.junit.jupiter.api.Test;

class TargetStateTest {
  private static final long OPEN_TIME = 600;
  private static final BreakerRules RULES = new BreakerRules(1, 1, 1_000, 2, OPEN_TIME, 1);
  private static final Target GPT = new Target("openai", "gpt-4");
  private static final Target MINI = new Target("openai", "gpt-4o-mini");

  private long now = -50;
  private final CircuitBreaker breaker =
      new CircuitBreaker("openai", RULES, BreakerListener.NONE, () -> 0L, now);
  private final TargetState state = state(GPT);
  private final TargetState neighbour = state(MINI);

  private TargetState state(Target target) {
    return new TargetState(
        target, new TargetState.Breakers(breaker, null), new RetryBudget(0.3, 10), 300);
  }

  @Test
  void admitsAHealthyTarget() {
    assertThat(state.admit(now)).isInstanceOf(Admission.Admitted.class);
    assertThat(state.snapshot(now).isReady()).isTrue();
  }

  @Test
  void refusesWhileTheTargetIsPaused() {
    state.pause(100, now);
    assertThat(state.admit(now)).isEqualTo(refused(By.PAUSE, 100));
    assertThat(state.snapshot(now).isReady()).isFalse();
    now += 100;
    assertThat(state.admit(now)).isInstanceOf(Admission.Admitted.class);
  }

  @Test
  void refusesWhileTheBreakerIsOpen() {
    open();
    assertThat(state.admit(now)).isEqualTo(refused(By.BREAKER, OPEN_TIME));
    assertThat(state.snapshot(now).isReady()).isFalse();
  }

  @Test
  void aBreakerIsSharedButAPauseIsNot() {
    state.pause(100, now);
    assertThat(neighbour.snapshot(now).isReady()).isTrue();
    open();
    assertThat(neighbour.admit(now)).isEqualTo(refused(By.BREAKER, OPEN_TIME));
  }

  @Test
  void aPausedTargetTakesNoProbe() {
    open();
    now += OPEN_TIME;
    state.pause(100, now);
    assertThat(state.admit(now)).isEqualTo(refused(By.PAUSE, 100));
    assertThat(breaker.snapshot(now).state()).isEqualTo(BreakerState.OPEN);
    assertThat(neighbour.admit(now)).isInstanceOf(Admission.Admitted.class);
  }

  @Test
  void refusesWhileTheProbeIsUnderWay() {
    open();
    now += OPEN_TIME;
    assertThat(state.snapshot(now).isReady()).isTrue();
    assertThat(state.admit(now)).isInstanceOf(Admission.Admitted.class);
    assertThat(neighbour.snapshot(now).isReady()).isFalse();
    assertThat(neighbour.admit(now)).isEqualTo(refused(By.BREAKER, OPEN_TIME));
  }

  @Test
  void showsItsBreakerAndItsPause() {
    state.pause(100, now);
    assertThat(state.snapshot(now)).isEqualTo(new TargetSnapshot(GPT, breaker.snapshot(now), 100));
  }

  @Test
  void noPauseIsLongerThanTheLongest() {
    state.pause(1_000_000, now);
    assertThat(state.pauseNanos(now)).isEqualTo(300);
  }

  @Test
  void aSuccessEndsAnAssumedPause() {
    Admission.Admitted before = (Admission.Admitted) state.admit(now);
    state.assumePause(100, now);
    assertThat(state.pauseNanos(now)).isEqualTo(100);
    state.report(before, Outcome.SUCCESS, BreakerScope.TARGET, now);
    assertThat(state.pauseNanos(now)).isZero();
  }

  @Test
  void aSuccessDoesNotEndARequestedPause() {
    Admission.Admitted before = (Admission.Admitted) state.admit(now);
    state.pause(100, now);
    state.assumePause(200, now);
    state.report(before, Outcome.SUCCESS, BreakerScope.TARGET, now);
    assertThat(state.pauseNanos(now)).isEqualTo(100);
  }

  @Test
  void anOperatorLiftsAPause() {
    state.pause(100, now);
    state.liftPause();
    assertThat(state.admit(now)).isInstanceOf(Admission.Admitted.class);
  }

  private void open() {
    neighbour.report(
        new Admission.Admitted(breaker.tryAcquire(now).orElseThrow(), null),
        Outcome.FAILURE,
        BreakerScope.PROVIDER,
        now);
  }

  private static Admission refused(By by, long waitNanos) {
    return new Admission.Refused(new Failure.Refused(by, waitNanos));
  }
}
