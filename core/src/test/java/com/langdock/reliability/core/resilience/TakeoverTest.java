package com.langdock.reliability.core.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.Target;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What the states of the next configuration take over from those before. */
class TakeoverTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long NOW = 7 * SECOND;
  private static final Target GPT = new Target("openai", "gpt-4");
  private static final Target MINI = new Target("openai", "gpt-4o-mini");
  private static final Target CLAUDE = new Target("anthropic", "claude-3-opus");
  private static final BreakerRules BREAKER = new BreakerRules(2, 1, 30 * SECOND, 10, SECOND, 1);
  private static final TargetStates.Unchanged ALL = unchanged(name -> true, target -> true);

  private final TargetStates before =
      new TargetStates(List.of(GPT, CLAUDE), rules(BREAKER), BreakerListener.NONE, () -> 0L, NOW);

  private static TargetRules rules(BreakerRules breaker, BreakerScope... scopes) {
    Set<BreakerScope> all = Set.of(scopes.length == 0 ? BreakerScope.values() : scopes);
    return new TargetRules(provider -> breaker, all, 0.3, 10, 60 * SECOND);
  }

  private static TargetStates.Unchanged unchanged(
      Predicate<String> providers, Predicate<Target> targets) {
    return new TargetStates.Unchanged() {
      @Override
      public boolean provider(String name) {
        return providers.test(name);
      }

      @Override
      public boolean target(Target target) {
        return targets.test(target);
      }
    };
  }

  private TargetStates next(TargetStates.Unchanged unchanged) {
    return before.next(List.of(GPT, MINI, CLAUDE), rules(BREAKER), unchanged, NOW);
  }

  private static void open(TargetState state, BreakerScope about) {
    for (int failure = 0; failure < BREAKER.threshold(); failure++) {
      state.report(admitted(state), Outcome.FAILURE, about, NOW);
    }
  }

  private static Admission.Admitted admitted(TargetState state) {
    return (Admission.Admitted) state.admit(NOW);
  }

  private static boolean isReady(TargetStates states, Target target) {
    return states.of(target).snapshot(NOW).isReady();
  }

  @Nested
  class AnUnchangedTarget {
    @Test
    void keepsItsOpenBreaker() {
      open(before.of(GPT), BreakerScope.TARGET);

      TargetStates next = next(ALL);

      assertThat(isReady(next, GPT)).isFalse();
      assertThat(isReady(next, MINI)).isTrue();
      assertThat(isReady(next, CLAUDE)).isTrue();
    }

    @Test
    void keepsTheOpenBreakerOfItsProvider() {
      open(before.of(GPT), BreakerScope.PROVIDER);

      assertThat(isReady(next(ALL), MINI)).isFalse();
    }

    @Test
    void keepsItsPauseAndWhatItRefuses() {
      before.of(GPT).pause(5 * SECOND, NOW);
      before.of(GPT).recordPrefillRejected(NOW);
      before.of(GPT).omit("stream_options");

      TargetState next = next(ALL).of(GPT);

      assertThat(next.pauseNanos(NOW)).isEqualTo(5 * SECOND);
      assertThat(next.isPrefillRejected(NOW)).isTrue();
      assertThat(next.omittedFields()).containsExactly("stream_options");
    }

    @Test
    void hearsOfCallsThatBeganBefore() {
      Admission.Admitted first = admitted(before.of(GPT));
      Admission.Admitted second = admitted(before.of(GPT));
      TargetStates next = next(ALL);

      before.of(GPT).report(first, Outcome.FAILURE, BreakerScope.TARGET, NOW);
      before.of(GPT).report(second, Outcome.FAILURE, BreakerScope.TARGET, NOW);
      before.of(CLAUDE).pause(SECOND, NOW);

      assertThat(isReady(next, GPT)).isFalse();
      assertThat(isReady(next, CLAUDE)).isFalse();
    }

    @Test
    void keepsTheBreakerThatRemainsWhenTheOtherKindGoes() {
      open(before.of(GPT), BreakerScope.TARGET);

      TargetStates next = before.next(List.of(GPT), rules(BREAKER, BreakerScope.TARGET), ALL, NOW);

      assertThat(isReady(next, GPT)).isFalse();
      assertThat(next.breakers()).containsOnlyKeys("openai/gpt-4");
    }
  }

  @Nested
  class AChangedOne {
    @Test
    void ofAnotherAccountBeginsAnew() {
      open(before.of(GPT), BreakerScope.PROVIDER);
      open(before.of(CLAUDE), BreakerScope.TARGET);
      before.of(GPT).omit("stream_options");
      before.of(GPT).budget().tryWithdraw(NOW);

      TargetStates next = next(unchanged(name -> !name.equals("openai"), target -> true));

      assertThat(isReady(next, GPT)).isTrue();
      assertThat(next.of(GPT).omittedFields()).isEmpty();
      assertThat(next.of(GPT).budget().balance(NOW)).isEqualTo(100);
      assertThat(isReady(next, CLAUDE)).isFalse();
      assertThat(isReady(before, GPT)).isFalse();
    }

    @Test
    void ofAnotherModelKeepsOnlyWhatIsItsProviders() {
      open(before.of(GPT), BreakerScope.TARGET);
      before.of(GPT).budget().tryWithdraw(NOW);

      TargetStates next = next(unchanged(name -> true, target -> !target.equals(GPT)));

      assertThat(isReady(next, GPT)).isTrue();
      assertThat(next.of(GPT).budget().balance(NOW)).isEqualTo(99);
    }
  }

  @Test
  void aTargetThatIsGoneIsUnknown() {
    TargetStates next = before.next(List.of(CLAUDE), rules(BREAKER), ALL, NOW);

    assertThat(next.targets()).containsExactly(CLAUDE);
    assertThat(next.breakers()).containsOnlyKeys("anthropic", "anthropic/claude-3-opus");
    assertThat(next.budgets()).containsOnlyKeys("anthropic");
  }

  @Nested
  class UnderNewRules {
    private final CircuitBreaker breaker =
        new CircuitBreaker("openai", BREAKER, BreakerListener.NONE, () -> 0L, NOW);

    private void fails(int times) {
      for (int call = 0; call < times; call++) {
        breaker.report(breaker.tryAcquire(NOW).orElseThrow(), Outcome.FAILURE, NOW);
      }
    }

    @Test
    void aClosedBreakerKeepsItsCounts() {
      fails(1);

      breaker.follow(new BreakerRules(3, 1, 30 * SECOND, 10, SECOND, 1), NOW);
      fails(1);
      assertThat(breaker.snapshot(NOW).state()).isEqualTo(BreakerState.CLOSED);
      fails(1);

      assertThat(breaker.snapshot(NOW).state()).isEqualTo(BreakerState.OPEN);
    }

    @Test
    void anotherWindowBeginsItsCountsAnew() {
      fails(1);
      Permit old = breaker.tryAcquire(NOW).orElseThrow();

      breaker.follow(new BreakerRules(2, 1, 60 * SECOND, 10, SECOND, 1), NOW);
      breaker.report(old, Outcome.FAILURE, NOW);

      assertThat(breaker.snapshot(NOW).windowCalls()).isZero();
      assertThat(breaker.snapshot(NOW).consecutiveFailures()).isZero();
    }

    @Test
    void anOpenBreakerIsOpenForNoLongerThanTheyAllow() {
      fails(2);
      assertThat(breaker.waitNanos(NOW)).isEqualTo(SECOND);

      breaker.follow(new BreakerRules(2, 1, 30 * SECOND, 10, SECOND / 4, 1), NOW);

      assertThat(breaker.waitNanos(NOW)).isEqualTo(SECOND / 4);
    }

    @Test
    void anOpenBreakerStaysOpenAsLongAsBefore() {
      fails(2);

      breaker.follow(new BreakerRules(2, 1, 30 * SECOND, 10, 60 * SECOND, 1), NOW);

      assertThat(breaker.waitNanos(NOW)).isEqualTo(SECOND);
      assertThat(breaker.snapshot(NOW).state()).isEqualTo(BreakerState.OPEN);
    }

    @Test
    void aHalfOpenBreakerGivesItsNewNumberOfProbes() {
      fails(2);
      long due = NOW + SECOND;
      Permit probe = breaker.tryAcquire(due).orElseThrow();

      breaker.follow(new BreakerRules(2, 1, 30 * SECOND, 10, SECOND, 2), due);
      breaker.report(probe, Outcome.FAILURE, due);
      Permit first = breaker.tryAcquire(due).orElseThrow();
      Permit second = breaker.tryAcquire(due).orElseThrow();

      breaker.report(first, Outcome.SUCCESS, due);
      assertThat(breaker.snapshot(due).state()).isEqualTo(BreakerState.HALF_OPEN);
      breaker.report(second, Outcome.SUCCESS, due);
      assertThat(breaker.snapshot(due).state()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void aBudgetKeepsItsLevelAndFillsAtTheNewRate() {
      RetryBudget budget = new RetryBudget(0, 10);
      for (int taken = 0; taken < 60; taken++) {
        budget.tryWithdraw(NOW);
      }

      budget.follow(0, 20, NOW + SECOND);

      assertThat(budget.balance(NOW + SECOND)).isEqualTo(50);
      assertThat(budget.balance(NOW + 2 * SECOND)).isEqualTo(70);
    }

    @Test
    void aBudgetLosesWhatTheSmallerOneCannotHold() {
      RetryBudget budget = new RetryBudget(0, 10);

      budget.follow(0, 2, NOW);

      assertThat(budget.balance(NOW)).isEqualTo(20);
    }
  }
}
