package com.langdock.reliability.gateway.shell;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The real shell in many small worlds: providers that fail in every way, clients that leave, bugs
 * at random places. A failing world prints its seed; {@code -Dsimulation.seed=N} replays it, {@code
 * -Dsimulation.seeds=N} runs so many.
 */
@Tag("simulation")
class ShellSimulationTest {
  private static final int SEEDS = Integer.getInteger("simulation.seeds", 700);

  @Test
  void everyWorldKeepsTheInvariants() {
    Long only = Long.getLong("simulation.seed");
    long first = only == null ? 0 : only;
    long count = only == null ? SEEDS : 1;
    for (long seed = first; seed < first + count; seed++) {
      try (ShellWorld world = new ShellWorld(seed)) {
        world.play();
        world.check();
        world.checkHealing();
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
