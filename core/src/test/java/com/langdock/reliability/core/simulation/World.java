package com.langdock.reliability.core.simulation;

import com.langdock.reliability.core.domain.ModelCatalog;
import com.langdock.reliability.core.domain.ModelFacts;
import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.domain.Timeouts;
import com.langdock.reliability.core.resilience.Backoff;
import com.langdock.reliability.core.resilience.BreakerRules;
import com.langdock.reliability.core.resilience.BreakerScope;
import com.langdock.reliability.core.resilience.TargetRules;
import com.langdock.reliability.core.resilience.TargetState;
import com.langdock.reliability.core.resilience.TargetStates;
import com.langdock.reliability.core.session.SessionFactory;
import com.langdock.reliability.core.session.SessionPolicy;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;

/** A configuration and a set of providers, all drawn from one seed. */
final class World {
  static final long MILLI = 1_000_000L;
  static final long SECOND = 1_000 * MILLI;
  static final int REQUESTS = 120;

  /** No wait before coming back to a target is longer, but by what the target asks for. */
  static final long MAX_BACKOFF = 60 * SECOND;

  /** The pieces that an answer's text has. */
  static final int PIECES = 8;

  final SplittableRandom random;
  final VirtualTime time;
  final List<Target> targets = new ArrayList<>();
  final List<SimulatedTarget> simulated = new ArrayList<>();
  final BreakerRules breakerRules;
  final Set<BreakerScope> scopes;
  final double ratio;
  final double minPerSecond;
  final int maxAttempts;
  final long maxPauseNanos;
  final long maxRetryAfterNanos;
  final long deadlineNanos;
  final boolean continueStreams;

  /** How late timers come, at most. */
  final long lateNanos;

  final Referee referee;
  final TargetStates targetStates;
  final SessionFactory sessions;
  final ModelCatalog models = facts();

  World(long seed) {
    random = new SplittableRandom(seed);
    time = new VirtualTime(random.nextLong());
    breakerRules =
        new BreakerRules(
            random.nextInt(1, 8),
            random.nextDouble(0.2, 1.0),
            random.nextLong(1, 60) * SECOND,
            random.nextInt(2, 20),
            random.nextLong(1, 60) * SECOND,
            random.nextInt(1, 4));
    scopes =
        switch (random.nextInt(3)) {
          case 0 -> EnumSet.of(BreakerScope.PROVIDER);
          case 1 -> EnumSet.of(BreakerScope.TARGET);
          default -> EnumSet.allOf(BreakerScope.class);
        };
    maxPauseNanos = random.nextLong(1, 60) * SECOND;
    maxRetryAfterNanos = random.nextLong(0, 10) * SECOND;
    ratio = random.nextInt(4) == 0 ? 0 : random.nextDouble(0, 0.5);
    minPerSecond = random.nextInt(4) == 0 ? 0 : random.nextDouble(0, 10);
    maxAttempts = random.nextInt(1, 7);
    deadlineNanos = random.nextLong(1, 90) * SECOND;
    continueStreams = random.nextInt(5) > 0;
    lateNanos = random.nextInt(4) == 0 ? random.nextLong(1, 2_000) * MILLI : 1;
    drawTargets();
    referee = new Referee(this);
    targetStates =
        new TargetStates(
            targets,
            new TargetRules(provider -> breakerRules, scopes, ratio, minPerSecond, maxPauseNanos),
            referee::breakerChanged,
            random,
            time.now());
    sessions = new SessionFactory(rules(), targetStates, random);
  }

  private void drawTargets() {
    int count = random.nextInt(1, 5);
    for (int i = 0; i < count; i++) {
      Target target = new Target("p" + random.nextInt(3), "m" + i);
      targets.add(target);
      simulated.add(new SimulatedTarget(random.split()));
    }
  }

  private SessionPolicy rules() {
    long read = random.nextLong(1, 30) * SECOND;
    Timeouts timeouts = new Timeouts(SECOND, read, read, 3 * SECOND, 5 * SECOND, 5 * SECOND);
    Backoff backoff = new Backoff(random.nextLong(1, 4_000) * MILLI, MAX_BACKOFF);
    return new SessionPolicy(
        maxAttempts, backoff, maxRetryAfterNanos, continueStreams, target -> timeouts, models);
  }

  private static ModelCatalog facts() {
    ModelFacts small =
        new ModelFacts(OptionalLong.of(8_000), OptionalLong.empty(), false, true, null);
    ModelFacts large =
        new ModelFacts(OptionalLong.of(200_000), OptionalLong.empty(), false, false, null);
    ModelFacts thinking =
        new ModelFacts(OptionalLong.empty(), OptionalLong.empty(), true, true, null);
    return new ModelCatalog(Map.of("m0", small, "m1", large, "m2", thinking));
  }

  SimulatedTarget simulated(Target target) {
    return simulated.get(targets.indexOf(target));
  }

  /** The targets whose context window is surely not larger than that of {@code target}. */
  List<Target> windowsUpTo(Target target) {
    OptionalLong limit = windowOf(target);
    return targets.stream()
        .filter(other ->
            other.model().equals(target.model())
                || windowOf(other).orElse(Long.MAX_VALUE) <= limit.orElse(0))
        .toList();
  }

  private OptionalLong windowOf(Target target) {
    return models.factsOf(target.model()).contextWindow();
  }

  /** Whether {@code target} lets an attempt in now. */
  boolean isOpen(Target target) {
    TargetState state = targetStates.of(target);
    return state.pauseNanos(time.now()) <= 0 && state.breakerWaitNanos(time.now()) <= 0;
  }

  /** How late a timer comes. */
  long lateness() {
    return random.nextLong(lateNanos);
  }

  List<String> breakersOf(Target target) {
    return scopes.stream()
        .map(scope ->
            switch (scope) {
              case PROVIDER -> target.provider();
              case TARGET -> target.toString();
            })
        .toList();
  }
}
