package com.langdock.reliability.core.resilience;

import com.langdock.reliability.core.domain.Target;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The states of all targets of one configuration; made once, read by all threads. Those of the next
 * configuration share what is unchanged.
 */
public final class TargetStates {
  private final Map<Target, TargetState> targetStates = new LinkedHashMap<>();
  private final Map<String, CircuitBreaker> breakers = new LinkedHashMap<>();
  private final Map<String, RetryBudget> budgets = new LinkedHashMap<>();
  private final BreakerListener listener;
  private final RandomGenerator random;

  /** What the next configuration leaves as it was: those parts keep their states. */
  public interface Unchanged {
    /** Whether a provider of this name is still the same account at the same address. */
    boolean provider(String name);

    /** Whether a target of an unchanged provider is still the same model. */
    boolean target(Target target);
  }

  private static final Unchanged NOTHING =
      new Unchanged() {
        @Override
        public boolean provider(String name) {
          return false;
        }

        @Override
        public boolean target(Target target) {
          return false;
        }
      };

  /**
   * A state for each target, at {@code now}.
   *
   * @param random for the open times of breakers; must allow calls from every thread
   */
  public TargetStates(
      List<Target> targets,
      TargetRules rules,
      BreakerListener listener,
      RandomGenerator random,
      long now) {
    this(listener, random);
    add(targets, rules, new Taken(this, NOTHING), now);
  }

  private TargetStates(BreakerListener listener, RandomGenerator random) {
    this.listener = listener;
    this.random = random;
  }

  /**
   * The states of the next configuration. What is unchanged keeps its breaker, pause, retry budget
   * and what the target was seen to refuse, and follows the new rules at once; both objects share
   * it, so that requests of this configuration still report to it. All else begins anew.
   */
  public TargetStates next(List<Target> targets, TargetRules rules, Unchanged unchanged, long now) {
    TargetStates next = new TargetStates(listener, random);
    next.add(targets, rules, new Taken(this, unchanged), now);
    return next;
  }

  /** What there is to take over. */
  private record Taken(TargetStates before, Unchanged unchanged) {
    @Nullable TargetState state(Target target) {
      return isUnchanged(target) ? before.targetStates.get(target) : null;
    }

    @Nullable RetryBudget budget(String provider) {
      return unchanged.provider(provider) ? before.budgets.get(provider) : null;
    }

    @Nullable CircuitBreaker ofProvider(String provider) {
      return unchanged.provider(provider) ? before.breakers.get(provider) : null;
    }

    @Nullable CircuitBreaker ofTarget(Target target) {
      return isUnchanged(target) ? before.breakers.get(target.toString()) : null;
    }

    private boolean isUnchanged(Target target) {
      return unchanged.provider(target.provider()) && unchanged.target(target);
    }
  }

  private void add(List<Target> targets, TargetRules rules, Taken taken, long now) {
    for (Target target : targets) {
      String provider = target.provider();
      BreakerRules breaker = rules.breaker().apply(provider);
      TargetState.Breakers both =
          new TargetState.Breakers(
              rules.scopes().contains(BreakerScope.PROVIDER)
                  ? breaker(provider, taken.ofProvider(provider), breaker, now)
                  : null,
              rules.scopes().contains(BreakerScope.TARGET)
                  ? breaker(target.toString(), taken.ofTarget(target), breaker, now)
                  : null);
      RetryBudget budget =
          budgets.computeIfAbsent(provider, name -> budget(taken.budget(provider), rules, now));
      targetStates.put(
          target,
          new TargetState(target, both, budget, rules.maxPauseNanos(), taken.state(target)));
    }
  }

  private CircuitBreaker breaker(
      String name, @Nullable CircuitBreaker taken, BreakerRules rules, long now) {
    return breakers.computeIfAbsent(
        name,
        missing -> {
          if (taken == null) {
            return new CircuitBreaker(name, rules, listener, random, now);
          }
          taken.follow(rules, now);
          return taken;
        });
  }

  private static RetryBudget budget(@Nullable RetryBudget taken, TargetRules rules, long now) {
    if (taken == null) {
      return new RetryBudget(rules.budgetRatio(), rules.budgetPerSecond());
    }
    taken.follow(rules.budgetRatio(), rules.budgetPerSecond(), now);
    return taken;
  }

  /** The targets, in the order of the configuration. */
  public Set<Target> targets() {
    return Collections.unmodifiableSet(targetStates.keySet());
  }

  /** The state of a target that the configuration names. */
  public TargetState of(Target target) {
    return Objects.requireNonNull(targetStates.get(target), target::toString);
  }

  /** All breakers by name: those of providers, and those of targets as provider/model. */
  public Map<String, CircuitBreaker> breakers() {
    return Collections.unmodifiableMap(breakers);
  }

  /** The retry budgets by provider. */
  public Map<String, RetryBudget> budgets() {
    return Collections.unmodifiableMap(budgets);
  }

  /** Snapshots of all targets, in the order of the configuration. */
  public List<TargetSnapshot> snapshots(long now) {
    return targetStates.values().stream().map(state -> state.snapshot(now)).toList();
  }

  /** Whether some target could be tried now. */
  public boolean anyReady(long now) {
    return targetStates.values().stream().anyMatch(state -> state.snapshot(now).isReady());
  }

  /**
   * Ends pauses on an operator's request.
   *
   * @param model null for all models of the provider
   * @return the targets it is about, empty when the configuration has none
   */
  public List<Target> liftPauses(String provider, @Nullable String model) {
    List<Target> targets = targets(provider, model);
    targets.forEach(target -> of(target).liftPause());
    return targets;
  }

  /**
   * Closes breakers on an operator's request: the provider's, and those of its targets.
   *
   * @param model null for all models of the provider; otherwise the provider's own breaker stays
   * @return the targets it is about, empty when the configuration has none
   */
  public List<Target> resetCircuits(String provider, @Nullable String model, long now) {
    List<Target> targets = targets(provider, model);
    for (Target target : targets) {
      of(target).resetTarget(now);
    }
    if (model == null && !targets.isEmpty()) {
      of(targets.getFirst()).resetProvider(now);
    }
    return targets;
  }

  private List<Target> targets(String provider, @Nullable String model) {
    List<Target> found = new ArrayList<>();
    for (Target target : targetStates.keySet()) {
      if (target.provider().equals(provider) && (model == null || target.model().equals(model))) {
        found.add(target);
      }
    }
    return found;
  }
}
