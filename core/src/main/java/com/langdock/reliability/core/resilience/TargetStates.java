package com.langdock.reliability.core.resilience;

import com.langdock.reliability.core.domain.Target;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The states of all targets; made once, read by all threads. */
public final class TargetStates {
  private final Map<Target, TargetState> targetStates = new LinkedHashMap<>();
  private final Map<String, CircuitBreaker> breakers = new LinkedHashMap<>();
  private final Map<String, RetryBudget> budgets = new LinkedHashMap<>();

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
    for (Target target : targets) {
      String provider = target.provider();
      BreakerRules breaker = rules.breaker().apply(provider);
      TargetState.Breakers both =
          new TargetState.Breakers(
              rules.scopes().contains(BreakerScope.PROVIDER)
                  ? breaker(provider, breaker, listener, random, now)
                  : null,
              rules.scopes().contains(BreakerScope.TARGET)
                  ? breaker(target.toString(), breaker, listener, random, now)
                  : null);
      RetryBudget budget =
          budgets.computeIfAbsent(
              provider, fresh -> new RetryBudget(rules.budgetRatio(), rules.budgetPerSecond()));
      targetStates.put(target, new TargetState(target, both, budget, rules.maxPauseNanos()));
    }
  }

  private CircuitBreaker breaker(
      String name, BreakerRules rules, BreakerListener listener, RandomGenerator random, long now) {
    return breakers.computeIfAbsent(
        name, fresh -> new CircuitBreaker(name, rules, listener, random, now));
  }

  /** The state of a target that the configuration names. */
  public TargetState of(Target target) {
    return Objects.requireNonNull(targetStates.get(target), target::toString);
  }

  /** All breakers: those of providers under their names, those of targets as provider/model. */
  public Collection<CircuitBreaker> breakers() {
    return Collections.unmodifiableCollection(breakers.values());
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
