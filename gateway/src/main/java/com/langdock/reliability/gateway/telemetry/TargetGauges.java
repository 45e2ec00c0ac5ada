package com.langdock.reliability.gateway.telemetry;

import com.langdock.reliability.core.domain.Labels;
import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.core.resilience.BreakerState;
import com.langdock.reliability.core.resilience.TargetStates;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/**
 * The gauges of targets, circuit breakers and retry budgets: they come and go with what is
 * configured. Thread-safe.
 */
public final class TargetGauges {
  private final MeterRegistry registry;
  private final Ticker ticker;
  private final Map<Target, List<Meter>> targets = new HashMap<>();
  private final Map<String, List<Meter>> breakers = new HashMap<>();
  private final Map<String, List<Meter>> budgets = new HashMap<>();

  /** What the gauges read, whichever configuration registered them. */
  private volatile TargetStates states;

  /** Shows {@code states} in {@code registry}. */
  TargetGauges(MeterRegistry registry, Ticker ticker, TargetStates states) {
    this.registry = registry;
    this.ticker = ticker;
    this.states = states;
    register();
  }

  /** Shows {@code next} instead; a gauge of what both have stays. */
  public synchronized void show(TargetStates next) {
    removeOthers(targets, next.targets());
    removeOthers(breakers, next.breakers().keySet());
    removeOthers(budgets, next.budgets().keySet());
    states = next; // while each gauge is of something that both have
    register();
  }

  private <K> void removeOthers(Map<K, List<Meter>> shown, Set<K> kept) {
    shown
        .entrySet()
        .removeIf(entry -> {
          boolean gone = !kept.contains(entry.getKey());
          if (gone) {
            entry.getValue().forEach(registry::remove);
          }
          return gone;
        });
  }

  private void register() {
    register(targets, states.targets(), this::target);
    register(breakers, states.breakers().keySet(), this::breaker);
    register(budgets, states.budgets().keySet(), this::budget);
  }

  private static <K> void register(
      Map<K, List<Meter>> shown, Set<K> wanted, Function<K, List<Meter>> gauges) {
    wanted.forEach(key -> shown.computeIfAbsent(key, gauges));
  }

  private List<Meter> target(Target target) {
    return List.of(
        Gauge.builder("gateway.target.ready", () -> isReady(target) ? 1 : 0)
            .description("1 while the target would take a request: not paused, circuit not open.")
            .tag("provider", target.provider())
            .tag("model", target.model())
            .register(registry));
  }

  private boolean isReady(Target target) {
    return states.of(target).snapshot(ticker.nanos()).isReady();
  }

  private List<Meter> breaker(String name) {
    return Arrays.stream(BreakerState.values()).map(state -> breaker(name, state)).toList();
  }

  private Meter breaker(String name, BreakerState state) {
    return Gauge.builder("gateway.circuit.breaker.state", () -> stateOf(name) == state ? 1 : 0)
        .description("1 for the state that the breaker is in.")
        .tag("breaker", name)
        .tag("state", Labels.of(state))
        .register(registry);
  }

  private BreakerState stateOf(String breaker) {
    return Objects.requireNonNull(states.breakers().get(breaker), breaker)
        .snapshot(ticker.nanos())
        .state();
  }

  private List<Meter> budget(String provider) {
    return List.of(
        Gauge.builder("gateway.retry.budget.balance", () -> balance(provider))
            .description("Repeated attempts at the provider that may begin now.")
            .tag("provider", provider)
            .register(registry));
  }

  private double balance(String provider) {
    return Objects.requireNonNull(states.budgets().get(provider), provider).balance(ticker.nanos());
  }
}
