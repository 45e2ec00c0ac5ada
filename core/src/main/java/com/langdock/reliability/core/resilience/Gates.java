package com.langdock.reliability.core.resilience;

import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.resilience.breaker.BreakerListener;
import com.langdock.reliability.core.resilience.breaker.BreakerRules;
import com.langdock.reliability.core.resilience.breaker.CircuitBreaker;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** The gates of all targets; made once, read by all threads. */
public final class Gates {
  private final Map<Target, Gate> gates = new LinkedHashMap<>();

  /**
   * A gate for each target, at {@code now}.
   *
   * @param rules by provider
   */
  public Gates(
      List<Target> targets,
      Function<String, BreakerRules> rules,
      BreakerScope scope,
      BreakerListener listener,
      long now) {
    Map<String, CircuitBreaker> breakers = new HashMap<>();
    for (Target target : targets) {
      String name =
          switch (scope) {
            case PROVIDER -> target.provider();
            case TARGET -> target.toString();
          };
      CircuitBreaker breaker =
          breakers.computeIfAbsent(
              name,
              fresh -> new CircuitBreaker(name, rules.apply(target.provider()), listener, now));
      gates.put(target, new Gate(target, breaker));
    }
  }

  /** The gate of a target that the configuration names. */
  public Gate of(Target target) {
    return Objects.requireNonNull(gates.get(target), target::toString);
  }

  /** What all gates are now, in the order of the configuration. */
  public List<GateSnapshot> snapshots(long now) {
    return gates.values().stream().map(gate -> gate.snapshot(now)).toList();
  }

  /** Whether some target could be tried now. */
  public boolean anyReady(long now) {
    return gates.values().stream().anyMatch(gate -> gate.snapshot(now).isReady());
  }
}
