package com.langdock.reliability.core.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.langdock.reliability.core.domain.Target;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TargetStatesTest {
  private static final Target GPT = new Target("openai", "gpt-4");
  private static final Target MINI = new Target("openai", "gpt-4o-mini");
  private static final Target CLAUDE = new Target("anthropic", "claude-3-opus");
  private static final List<Target> TARGETS = List.of(GPT, MINI, CLAUDE);
  private static final long NOW = 1_000;

  @Test
  void aBreakerOfAProviderStandsBeforeAllItsTargets() {
    TargetStates targetStates = targetStates(BreakerScope.PROVIDER);
    open(targetStates, GPT);
    assertThat(targetStates.of(MINI).snapshot(NOW).isReady()).isFalse();
    assertThat(targetStates.of(CLAUDE).snapshot(NOW).isReady()).isTrue();
    assertThat(targetStates.snapshots(NOW))
        .extracting(state -> state.breaker().breaker())
        .containsExactly("openai", "openai", "anthropic");
  }

  @Test
  void aBreakerOfATargetStandsBeforeItAlone() {
    TargetStates targetStates = targetStates(BreakerScope.TARGET);
    open(targetStates, GPT);
    assertThat(targetStates.of(GPT).snapshot(NOW).isReady()).isFalse();
    assertThat(targetStates.of(MINI).snapshot(NOW).isReady()).isTrue();
    assertThat(targetStates.snapshots(NOW))
        .extracting(state -> state.breaker().breaker())
        .containsExactly("openai/gpt-4", "openai/gpt-4o-mini", "anthropic/claude-3-opus");
  }

  @Test
  void eachProviderHasItsOwnRules() {
    TargetStates targetStates = targetStates(BreakerScope.TARGET);
    open(targetStates, GPT);
    open(targetStates, CLAUDE);
    assertThat(targetStates.of(GPT).breakerWaitNanos(NOW)).isEqualTo(500);
    assertThat(targetStates.of(CLAUDE).breakerWaitNanos(NOW)).isEqualTo(50);
  }

  @Test
  void reportsWhetherAnyTargetIsReady() {
    TargetStates targetStates = targetStates(BreakerScope.PROVIDER);
    assertThat(targetStates.anyReady(NOW)).isTrue();
    open(targetStates, GPT);
    assertThat(targetStates.anyReady(NOW)).isTrue();
    targetStates.of(CLAUDE).pause(10, NOW);
    assertThat(targetStates.anyReady(NOW)).isFalse();
    assertThat(targetStates.anyReady(NOW + 10)).isTrue();
  }

  @Test
  void askingWhetherAnyIsReadyTakesNoProbe() {
    TargetStates targetStates = targetStates(BreakerScope.PROVIDER);
    open(targetStates, GPT);
    long due = NOW + 500;
    assertThat(targetStates.anyReady(due)).isTrue();
    assertThat(targetStates.snapshots(due).getFirst().breaker().state())
        .isEqualTo(BreakerState.OPEN);
    assertThat(targetStates.of(GPT).admit(due)).isInstanceOf(Admission.Admitted.class);
  }

  @Test
  void rejectsUnknownTargets() {
    assertThatThrownBy(() -> targetStates(BreakerScope.TARGET).of(new Target("openai", "o9")))
        .hasMessageContaining("openai/o9");
  }

  @Nested
  class WithBreakersOfBothKinds {
    private final TargetStates targetStates =
        targetStates(BreakerScope.PROVIDER, BreakerScope.TARGET);

    @Test
    void failedAnswersOpenTheTargetsBreakerOnly() {
      fail(targetStates, GPT, BreakerScope.TARGET);
      assertThat(targetStates.of(GPT).admit(NOW)).isInstanceOf(Admission.Refused.class);
      assertThat(targetStates.of(MINI).admit(NOW)).isInstanceOf(Admission.Admitted.class);
    }

    @Test
    void anUnreachableProviderBlocksAllItsModels() {
      fail(targetStates, GPT, BreakerScope.PROVIDER);
      assertThat(targetStates.of(MINI).admit(NOW)).isInstanceOf(Admission.Refused.class);
      assertThat(targetStates.of(CLAUDE).admit(NOW)).isInstanceOf(Admission.Admitted.class);
    }

    @Test
    void aTargetThatRejectsACallTakesNoProbeOfItsProvider() {
      fail(targetStates, MINI, BreakerScope.PROVIDER);
      long due = NOW + 500;
      fail(targetStates, GPT, BreakerScope.TARGET, due);
      assertThat(targetStates.of(GPT).admit(due)).isInstanceOf(Admission.Refused.class);
      assertThat(targetStates.of(MINI).admit(due)).isInstanceOf(Admission.Admitted.class);
    }

    @Test
    void aSnapshotShowsTheBreakerThatRejects() {
      fail(targetStates, GPT, BreakerScope.PROVIDER);
      assertThat(targetStates.of(MINI).snapshot(NOW).breaker().breaker()).isEqualTo("openai");
      assertThat(targetStates.of(CLAUDE).snapshot(NOW).breaker().breaker())
          .isEqualTo("anthropic/claude-3-opus");
    }

    @Test
    void anOperatorResetsAProviderWithAllItsModels() {
      fail(targetStates, GPT, BreakerScope.TARGET);
      fail(targetStates, MINI, BreakerScope.PROVIDER);
      assertThat(targetStates.resetCircuits("openai", null, NOW)).containsExactly(GPT, MINI);
      assertThat(targetStates.of(GPT).admit(NOW)).isInstanceOf(Admission.Admitted.class);
    }

    @Test
    void anOperatorResetsOneModel() {
      fail(targetStates, GPT, BreakerScope.TARGET);
      fail(targetStates, MINI, BreakerScope.TARGET);
      assertThat(targetStates.resetCircuits("openai", "gpt-4", NOW)).containsExactly(GPT);
      assertThat(targetStates.of(GPT).admit(NOW)).isInstanceOf(Admission.Admitted.class);
      assertThat(targetStates.of(MINI).admit(NOW)).isInstanceOf(Admission.Refused.class);
    }

    @Test
    void anOperatorLiftsThePausesOfAProvider() {
      targetStates.of(GPT).pause(10, NOW);
      targetStates.of(CLAUDE).pause(10, NOW);
      assertThat(targetStates.liftPauses("openai", null)).containsExactly(GPT, MINI);
      assertThat(targetStates.of(GPT).pauseNanos(NOW)).isZero();
      assertThat(targetStates.of(CLAUDE).pauseNanos(NOW)).isEqualTo(10);
    }

    @Test
    void unknownProvidersHaveNoTargets() {
      assertThat(targetStates.liftPauses("other", null)).isEmpty();
      assertThat(targetStates.resetCircuits("openai", "o9", NOW)).isEmpty();
    }
  }

  private static TargetStates targetStates(BreakerScope... scopes) {
    TargetRules rules =
        new TargetRules(
            provider -> new BreakerRules(1, 1, 1_000, 2, provider.equals("openai") ? 500 : 50, 1),
            Set.of(scopes),
            0.3,
            10,
            1_000);
    return new TargetStates(TARGETS, rules, BreakerListener.NONE, () -> 0L, NOW);
  }

  private static void open(TargetStates targetStates, Target target) {
    fail(targetStates, target, BreakerScope.TARGET);
  }

  private static void fail(TargetStates targetStates, Target target, BreakerScope about) {
    fail(targetStates, target, about, NOW);
  }

  private static void fail(TargetStates targetStates, Target target, BreakerScope about, long now) {
    if (targetStates.of(target).admit(now) instanceof Admission.Admitted admitted) {
      targetStates.of(target).report(admitted, Outcome.FAILURE, about, now);
    }
  }
}
