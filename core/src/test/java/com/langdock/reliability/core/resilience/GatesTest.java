package com.langdock.reliability.core.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.resilience.breaker.BreakerListener;
import com.langdock.reliability.core.resilience.breaker.BreakerRules;
import com.langdock.reliability.core.resilience.breaker.BreakerState;
import com.langdock.reliability.core.resilience.breaker.Verdict;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class GatesTest {
  private static final Target GPT = new Target("openai", "gpt-4");
  private static final Target MINI = new Target("openai", "gpt-4o-mini");
  private static final Target CLAUDE = new Target("anthropic", "claude-3-opus");
  private static final List<Target> TARGETS = List.of(GPT, MINI, CLAUDE);
  private static final long NOW = 1_000;

  @Test
  void aBreakerOfAProviderStandsBeforeAllItsTargets() {
    Gates gates = gates(BreakerScope.PROVIDER);
    open(gates, GPT);
    assertThat(gates.of(MINI).snapshot(NOW).isReady()).isFalse();
    assertThat(gates.of(CLAUDE).snapshot(NOW).isReady()).isTrue();
    assertThat(gates.snapshots(NOW))
        .extracting(gate -> gate.breaker().breaker())
        .containsExactly("openai", "openai", "anthropic");
  }

  @Test
  void aBreakerOfATargetStandsBeforeItAlone() {
    Gates gates = gates(BreakerScope.TARGET);
    open(gates, GPT);
    assertThat(gates.of(GPT).snapshot(NOW).isReady()).isFalse();
    assertThat(gates.of(MINI).snapshot(NOW).isReady()).isTrue();
    assertThat(gates.snapshots(NOW))
        .extracting(gate -> gate.breaker().breaker())
        .containsExactly("openai/gpt-4", "openai/gpt-4o-mini", "anthropic/claude-3-opus");
  }

  @Test
  void eachProviderHasItsOwnRules() {
    Gates gates = gates(BreakerScope.TARGET);
    open(gates, GPT);
    open(gates, CLAUDE);
    assertThat(gates.of(GPT).breakerWaitNanos(NOW)).isEqualTo(500);
    assertThat(gates.of(CLAUDE).breakerWaitNanos(NOW)).isEqualTo(50);
  }

  @Test
  void someTargetIsReadyUntilNoneIs() {
    Gates gates = gates(BreakerScope.PROVIDER);
    assertThat(gates.anyReady(NOW)).isTrue();
    open(gates, GPT);
    assertThat(gates.anyReady(NOW)).isTrue();
    gates.of(CLAUDE).pause(10, NOW);
    assertThat(gates.anyReady(NOW)).isFalse();
    assertThat(gates.anyReady(NOW + 10)).isTrue();
  }

  @Test
  void askingWhetherAnyIsReadyTakesNoProbe() {
    Gates gates = gates(BreakerScope.PROVIDER);
    open(gates, GPT);
    long due = NOW + 500;
    assertThat(gates.anyReady(due)).isTrue();
    assertThat(gates.snapshots(due).getFirst().breaker().state()).isEqualTo(BreakerState.OPEN);
    assertThat(gates.of(GPT).admit(due)).isInstanceOf(Admission.Admitted.class);
  }

  @Test
  void doesNotKnowOtherTargets() {
    assertThatThrownBy(() -> gates(BreakerScope.TARGET).of(new Target("openai", "o9")))
        .hasMessageContaining("openai/o9");
  }

  @Nested
  class WithBreakersOfBothKinds {
    private final Gates gates = gates(BreakerScope.PROVIDER, BreakerScope.TARGET);

    @Test
    void failedAnswersTakeAwayTheirModelOnly() {
      fail(gates, GPT, BreakerScope.TARGET);
      assertThat(gates.of(GPT).admit(NOW)).isInstanceOf(Admission.Refused.class);
      assertThat(gates.of(MINI).admit(NOW)).isInstanceOf(Admission.Admitted.class);
    }

    @Test
    void aProviderThatCannotBeReachedIsLearnedOnceForAllItsModels() {
      fail(gates, GPT, BreakerScope.PROVIDER);
      assertThat(gates.of(MINI).admit(NOW)).isInstanceOf(Admission.Refused.class);
      assertThat(gates.of(CLAUDE).admit(NOW)).isInstanceOf(Admission.Admitted.class);
    }

    @Test
    void aTargetThatRejectsACallTakesNoProbeOfItsProvider() {
      fail(gates, MINI, BreakerScope.PROVIDER);
      long due = NOW + 500;
      fail(gates, GPT, BreakerScope.TARGET, due);
      assertThat(gates.of(GPT).admit(due)).isInstanceOf(Admission.Refused.class);
      assertThat(gates.of(MINI).admit(due)).isInstanceOf(Admission.Admitted.class);
    }

    @Test
    void aSnapshotShowsTheBreakerThatRejects() {
      fail(gates, GPT, BreakerScope.PROVIDER);
      assertThat(gates.of(MINI).snapshot(NOW).breaker().breaker()).isEqualTo("openai");
      assertThat(gates.of(CLAUDE).snapshot(NOW).breaker().breaker())
          .isEqualTo("anthropic/claude-3-opus");
    }

    @Test
    void anOperatorResetsAProviderWithAllItsModels() {
      fail(gates, GPT, BreakerScope.TARGET);
      fail(gates, MINI, BreakerScope.PROVIDER);
      assertThat(gates.resetCircuits("openai", null, NOW)).containsExactly(GPT, MINI);
      assertThat(gates.of(GPT).admit(NOW)).isInstanceOf(Admission.Admitted.class);
    }

    @Test
    void anOperatorResetsOneModel() {
      fail(gates, GPT, BreakerScope.TARGET);
      fail(gates, MINI, BreakerScope.TARGET);
      assertThat(gates.resetCircuits("openai", "gpt-4", NOW)).containsExactly(GPT);
      assertThat(gates.of(GPT).admit(NOW)).isInstanceOf(Admission.Admitted.class);
      assertThat(gates.of(MINI).admit(NOW)).isInstanceOf(Admission.Refused.class);
    }

    @Test
    void anOperatorLiftsThePausesOfAProvider() {
      gates.of(GPT).pause(10, NOW);
      gates.of(CLAUDE).pause(10, NOW);
      assertThat(gates.liftPauses("openai", null)).containsExactly(GPT, MINI);
      assertThat(gates.of(GPT).pauseNanos(NOW)).isZero();
      assertThat(gates.of(CLAUDE).pauseNanos(NOW)).isEqualTo(10);
    }

    @Test
    void nothingIsKnownOfOtherProviders() {
      assertThat(gates.liftPauses("other", null)).isEmpty();
      assertThat(gates.resetCircuits("openai", "o9", NOW)).isEmpty();
    }
  }

  private static Gates gates(BreakerScope... scopes) {
    GateRules rules =
        new GateRules(
            provider -> new BreakerRules(1, 1, 1_000, 2, provider.equals("openai") ? 500 : 50, 1),
            Set.of(scopes),
            0.3,
            10,
            1_000);
    return new Gates(TARGETS, rules, BreakerListener.NONE, () -> 0L, NOW);
  }

  private static void open(Gates gates, Target target) {
    fail(gates, target, BreakerScope.TARGET);
  }

  private static void fail(Gates gates, Target target, BreakerScope about) {
    fail(gates, target, about, NOW);
  }

  private static void fail(Gates gates, Target target, BreakerScope about, long now) {
    if (gates.of(target).admit(now) instanceof Admission.Admitted admitted) {
      gates.of(target).report(admitted, Verdict.FAILURE, about, now);
    }
  }
}
