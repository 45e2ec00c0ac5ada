package com.langdock.reliability.gateway.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BodyWorkersTest {
  private static final int MIB = 1024 * 1024;

  /** Tasks that were submitted and have not run. */
  private final Queue<Runnable> started = new ArrayDeque<>();

  private final List<String> ran = new ArrayList<>();
  private final BodyWorkers workers = new BodyWorkers(started::add, 4);

  private void add(String name, int size) {
    workers.execute(size, () -> ran.add(name));
  }

  private void runOne() {
    started.remove().run();
  }

  @Test
  void ordinaryBodiesNeverWait() {
    Stream.of("a", "b", "c", "d", "e").forEach(name -> add(name, MIB));
    assertThat(started).hasSize(5);
  }

  @Test
  void hugeBodiesLeaveAThreadFree() {
    Stream.of("a", "b", "c", "d").forEach(name -> add(name, 2 * MIB));
    assertThat(started).hasSize(3);
    runOne();
    assertThat(started).hasSize(3);
  }

  @Test
  void limitsTheTotalSizeOfHugeBodies() {
    Stream.of("a", "b", "c").forEach(name -> add(name, 12 * MIB));
    assertThat(started).hasSize(2);
    runOne();
    runOne();
    runOne();
    assertThat(ran).containsExactly("a", "b", "c");
  }

  @Test
  void runsOneBodyAboveTheLimitAlone() {
    add("a", 64 * MIB);
    add("b", 64 * MIB);
    assertThat(started).hasSize(1);
    runOne();
    runOne();
    assertThat(ran).containsExactly("a", "b");
  }

  @Test
  void failedWorkReleasesItsPlace() {
    workers.execute(
        64 * MIB,
        () -> {
          throw new IllegalStateException("a bug");
        });
    add("b", 64 * MIB);
    try {
      runOne();
    } catch (IllegalStateException bug) {
      ran.add(String.valueOf(bug.getMessage()));
    }
    runOne();
    assertThat(ran).containsExactly("a bug", "b");
  }
}
