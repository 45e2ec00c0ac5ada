package com.langdock.reliability.core.simulation;

import com.langdock.reliability.core.domain.Limits;
import com.langdock.reliability.core.domain.ModelCatalog;
import com.langdock.reliability.core.domain.ModelFacts;
import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.resilience.Backoff;
import com.langdock.reliability.core.resilience.BreakerScope;
import com.langdock.reliability.core.resilience.Gates;
import com.langdock.reliability.core.resilience.RetryBudget;
import com.langdock.reliability.core.resilience.breaker.BreakerRules;
import com.langdock.reliability.core.session.Rules;
import com.langdock.reliability.core.session.Sessions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/** A configuration and a set of providers, all drawn from one seed. */
final class World {
  static final long MILLI = 1_000_000L;
  static final long SECOND = 1_000 * MILLI;
  static final int REQUESTS = 120;

  /** The pieces that a stream's text has. */
  static final int PIECES = 8;

  final SplittableRandom random;
  final VirtualTime time;
  final List<Target> targets = new ArrayList<>();
  final List<SimulatedTarget> simulated = new ArrayList<>();
  final BreakerRules breakerRules;
  final BreakerScope scope;
  final double ratio;
  final double minPerSecond;
  final int maxAttempts;
  final long deadlineNanos;
  final Referee referee;
  final Gates gates;
  final Sessions sessions;
  final ModelCatalog models = windows();

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
    scope = random.nextBoolean() ? BreakerScope.PROVIDER : BreakerScope.TARGET;
    ratio = random.nextInt(4) == 0 ? 0 : random.nextDouble(0, 0.5);
    minPerSecond = random.nextInt(4) == 0 ? 0 : random.nextDouble(0, 10);
    maxAttempts = random.nextInt(1, 7);
    deadlineNanos = random.nextLong(1, 90) * SECOND;
    drawTargets();
    referee = new Referee(this);
    gates =
        new Gates(targets, provider -> breakerRules, scope, referee::breakerChanged, time.now());
    sessions = new Sessions(rules(), gates, new RetryBudget(ratio, minPerSecond), random);
  }

  private void drawTargets() {
    int count = random.nextInt(1, 5);
    for (int i = 0; i < count; i++) {
      Target target = new Target("p" + random.nextInt(3), "m" + i);
      targets.add(target);
      simulated.add(new SimulatedTarget(random.split()));
    }
  }

  private Rules rules() {
    Limits limits = new Limits(SECOND, random.nextLong(1, 30) * SECOND, 3 * SECOND, 5 * SECOND);
    Backoff backoff = new Backoff(random.nextLong(1, 4_000) * MILLI, 60 * SECOND);
    long maxRetryAfter = random.nextLong(0, 10) * SECOND;
    return new Rules(maxAttempts, backoff, maxRetryAfter, true, target -> limits, models);
  }

  private static ModelCatalog windows() {
    ModelFacts small =
        new ModelFacts(OptionalLong.of(8_000), OptionalLong.empty(), false, true, null);
    ModelFacts large =
        new ModelFacts(OptionalLong.of(200_000), OptionalLong.empty(), false, false, null);
    return new ModelCatalog(Map.of("m0", small, "m1", large));
  }

  SimulatedTarget simulated(Target target) {
    return simulated.get(targets.indexOf(target));
  }

  String breakerOf(Target target) {
    return gates.of(target).snapshot(time.now()).breaker().breaker();
  }
}
