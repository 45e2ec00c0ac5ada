package com.langdock.reliability.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.Attempt;
import com.langdock.reliability.core.domain.EndedAttempt;
import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.resilience.Admission;
import com.langdock.reliability.core.resilience.BreakerChange;
import com.langdock.reliability.core.resilience.BreakerScope;
import com.langdock.reliability.core.resilience.BreakerState;
import com.langdock.reliability.core.resilience.Outcome;
import com.langdock.reliability.core.resilience.TargetState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Knows the invariants of breakers, of their probes, and of the waits that targets ask for. */
final class TargetStateReferee {
  private final World world;
  private final Map<String, BreakerState> breakers = new HashMap<>();
  private final Map<String, Map<Attempt, Long>> probes = new HashMap<>();
  private final Map<Target, Long> notBefore = new HashMap<>();

  TargetStateReferee(World world) {
    this.world = world;
  }

  void changed(BreakerChange change) {
    assertThat(change.from()).isEqualTo(state(change.breaker()));
    breakers.put(change.breaker(), change.to());
    probes.put(change.breaker(), new HashMap<>());
  }

  void started(Attempt attempt, long now) {
    Target target = attempt.target();
    if (notBefore.containsKey(target)) {
      assertThat(notBefore.get(target) - now).as("undercuts a Retry-After").isNotPositive();
    }
    for (String breaker : world.breakersOf(target)) {
      assertThat(state(breaker))
          .as("an open breaker let an attempt in")
          .isNotEqualTo(BreakerState.OPEN);
      if (state(breaker) == BreakerState.HALF_OPEN) {
        probeBegan(breaker, attempt, now);
      }
    }
  }

  void failed(EndedAttempt ended, Failure failure, long now) {
    ended(ended.attempt());
    failure
        .retryAfterNanos()
        .ifPresent(nanos ->
            notBefore.merge(
                ended.attempt().target(),
                now + Math.min(nanos, world.maxPauseNanos),
                TargetStateReferee::later));
  }

  void ended(Attempt attempt) {
    probes.values().forEach(running -> running.remove(attempt));
  }

  /** With no attempt under way, every place of a probe is free. */
  void idle(long now) {
    for (Target target : world.targets) {
      Set<BreakerState> states =
          world.breakersOf(target).stream().map(this::state).collect(Collectors.toSet());
      boolean halfOpen =
          states.contains(BreakerState.HALF_OPEN) && !states.contains(BreakerState.OPEN);
      TargetState state = world.targetStates.of(target);
      if (halfOpen && state.pauseNanos(now) <= 0) {
        assertThat(freeProbes(state, now)).isEqualTo(world.breakerRules.halfOpenProbes());
      }
    }
  }

  private int freeProbes(TargetState state, long now) {
    List<Admission.Admitted> taken = new ArrayList<>();
    for (int probe = 0; probe < world.breakerRules.halfOpenProbes(); probe++) {
      if (state.admit(now) instanceof Admission.Admitted admitted) {
        taken.add(admitted);
      }
    }
    taken.forEach(permit -> state.report(permit, Outcome.IGNORE, BreakerScope.TARGET, now));
    return taken.size();
  }

  /** A probe that takes longer than the open time gives its place away, and counts no more. */
  private void probeBegan(String breaker, Attempt attempt, long now) {
    Map<Attempt, Long> running = Objects.requireNonNull(probes.get(breaker));
    running.values().removeIf(began -> now - began >= world.breakerRules.firstOpenNanos());
    running.put(attempt, now);
    assertThat(running).hasSizeLessThanOrEqualTo(world.breakerRules.halfOpenProbes());
  }

  private BreakerState state(String breaker) {
    return breakers.getOrDefault(breaker, BreakerState.CLOSED);
  }

  private static long later(long one, long other) {
    return one - other > 0 ? one : other;
  }
}
