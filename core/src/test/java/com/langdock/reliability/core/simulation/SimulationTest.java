package com.langdock.reliability.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Thousands of small worlds. A failing one prints its seed; {@code -Dsimulation.seed=N} replays it,
 * {@code -Dsimulation.seeds=N} runs more of them.
 */
@Tag("simulation")
class SimulationTest {
  private static final int SEEDS = Integer.getInteger("simulation.seeds", 4_000);

  @Test
  void everyWorldKeepsTheInvariants() {
    Long only = Long.getLong("simulation.seed");
    long first = only == null ? 0 : only;
    long count = only == null ? SEEDS : 1;
    for (long seed = first; seed < first + count; seed++) {
      try {
        play(new World(seed));
      } catch (AssertionError | RuntimeException problem) {
        throw new AssertionError(
            "seed "
                + seed
                + ": replay with mvn verify -pl core -Dtest=SimulationTest"
                + " -Dsimulation.seed="
                + seed,
            problem);
      }
    }
  }

  private static void play(World world) {
    List<SimulatedRequest> requests = new ArrayList<>();
    long at = 0;
    for (int i = 0; i < World.REQUESTS; i++) {
      at += world.random.nextLong(0, 2_000) * World.MILLI;
      world.time.after(at, () -> requests.add(arrive(world, requests.size())));
    }
    world.time.run();
    world.referee.whistle(requests);
    heals(world);
  }

  private static SimulatedRequest arrive(World world, int id) {
    SimulatedRequest request = new SimulatedRequest(world, id);
    request.begin();
    if (world.random.nextInt(20) == 0) {
      world.time.after(world.random.nextLong(1, 5_000) * World.MILLI, request::leave);
    }
    return request;
  }

  /** After healing, the primary is used again within the open time plus one request a probe. */
  private static void heals(World world) {
    world.simulated.forEach(SimulatedTarget::heal);
    world.time.pass(5 * world.breakerRules.maxOpenNanos() + 30 * World.SECOND);
    List<Target> answeredBy = new ArrayList<>();
    for (int probe = 0; probe <= world.breakerRules.halfOpenProbes(); probe++) {
      SimulatedRequest request = new SimulatedRequest(world, World.REQUESTS + probe);
      request.begin();
      world.time.run();
      answeredBy.add(Objects.requireNonNull(request.answeredBy, "not answered").target());
    }
    assertThat(answeredBy.getLast()).isEqualTo(world.targets.getFirst());
  }
}
