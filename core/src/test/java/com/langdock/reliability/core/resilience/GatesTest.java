package com.langdock.reliability.core.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.resilience.breaker.BreakerListener;
import com.langdock.reliability.core.resilience.breaker.BreakerRules;
import com.langdock.reliability.core.resilience.breaker.BreakerState;
import com.langdock.reliability.core.resilience.breaker.Verdict;
import java.util.List;
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
    gates.of(CLAUDE).pause(NOW + 10);
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

  private static Gates gates(BreakerScope scope) {
    return new Gates(
        TARGETS,
        provider -> new BreakerRules(1, 1, 1_000, 1, provider.equals("openai") ? 500 : 50, 1),
        scope,
        BreakerListener.NONE,
        NOW);
  }

  private static void open(Gates gates, Target target) {
    Gate gate = gates.of(target);
    if (gate.admit(NOW) instanceof Admission.Admitted admitted) {
      gate.report(admitted.permit(), Verdict.FAILURE, NOW);
    }
  }
}
