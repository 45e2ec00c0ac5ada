package com.langdock.reliability.gateway.shell;

import java.util.SplittableRandom;
import java.util.function.LongFunction;
import java.util.function.ObjLongConsumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The real shell in random simulations: faulty providers, clients that disconnect, bugs at random
 * places. A failed simulation prints its seed. {@code -Dsimulation.seed=N} repeats it, {@code
 * -Dsimulation.seeds=N} sets the number of simulations.
 */
@Tag("simulation")
class ShellSimulationTest {
  private static final int SEEDS = Integer.getInteger("simulation.seeds", 700);

  private static final int SWAPS = 100;

  @Test
  void everySimulationKeepsTheInvariants() {
    simulate(SEEDS, ShellSimulation::new, (world, seed) -> play(world));
  }

  @Test
  void changedConfigurationsKeepTheInvariants() {
    simulate(
        SEEDS / 7,
        ShellSimulation::new,
        (world, seed) -> {
          world.changeSetups(SWAPS, new SplittableRandom(seed));
          play(world);
        });
  }

  @Test
  void limitsHoldThroughAllFailures() {
    simulate(
        SEEDS / 2,
        seed -> new ShellSimulation(seed, true),
        (world, seed) -> {
          world.play();
          world.check();
          world.checkLimits();
        });
  }

  private static void play(ShellSimulation world) {
    world.play();
    world.check();
    world.checkHealing();
  }

  private static void simulate(
      int seeds, LongFunction<ShellSimulation> begin, ObjLongConsumer<ShellSimulation> run) {
    Long only = Long.getLong("simulation.seed");
    long first = only == null ? 0 : only;
    long count = only == null ? seeds : 1;
    for (long seed = first; seed < first + count; seed++) {
      try (ShellSimulation world = begin.apply(seed)) {
        run.accept(world, seed);
      } catch (AssertionError | RuntimeException problem) {
        throw new AssertionError(
            "seed "
                + seed
                + ": replay with mvn verify -pl gateway -am -Dtest=ShellSimulationTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false -Dsimulation.seed="
                + seed,
            problem);
      }
    }
  }
}
