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
  private static final BreakerRules RULES = new BreakerRules(1, 1, 1_000, 1, OPEN_TIME, 1);
  private static final Target GPT = new Target("openai", "gpt-4");
  private static final Target MINI = new Target("openai", "gpt-4o-mini");

  private long now = -50;
  private final CircuitBreaker breaker =
      new CircuitBreaker("openai", RULES, BreakerListener.NONE, now);
  private final Gate gate = new Gate(GPT, breaker);
  private final Gate neighbour = new Gate(MINI, breaker);

  @Test
  void admitsATargetThatNothingSpeaksAgainst() {
    assertThat(gate.admit(now)).isInstanceOf(Admission.Admitted.class);
    assertThat(gate.snapshot(now).isReady()).isTrue();
  }

  @Test
  void refusesWhileTheTargetIsPaused() {
    gate.pause(now + 100);
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
    gate.pause(now + 100);
    assertThat(neighbour.snapshot(now).isReady()).isTrue();
    open();
    assertThat(neighbour.admit(now)).isEqualTo(refused(By.BREAKER, OPEN_TIME));
  }

  @Test
  void aPausedTargetTakesNoProbe() {
    open();
    now += OPEN_TIME;
    gate.pause(now + 100);
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
    gate.pause(now + 100);
    assertThat(gate.snapshot(now)).isEqualTo(new GateSnapshot(GPT, breaker.snapshot(now), 100));
  }

  private void open() {
    neighbour.report(breaker.tryAcquire(now).orElseThrow(), Verdict.FAILURE, now);
  }

  private static Admission refused(By by, long waitNanos) {
    return new Admission.Refused(new Failure.Refused(by, waitNanos));
  }
}
