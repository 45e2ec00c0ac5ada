package com.langdock.reliability.gateway.loop;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.gateway.telemetry.ManualTicker;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TimerQueueTest {
  private static final long FAR = Long.MAX_VALUE;

  private final ManualTicker time = new ManualTicker();
  private final EmbeddedChannel channel = frozen();
  private final List<Throwable> bugs = new ArrayList<>();
  private final EventLoop loop =
      new EventLoop(channel.eventLoop(), new BodyWorkers(Runnable::run, 1), time, bugs::add);
  private final List<String> fired = new ArrayList<>();

  private static EmbeddedChannel frozen() {
    EmbeddedChannel channel = new EmbeddedChannel();
    channel.freezeTime();
    return channel;
  }

  private LoopTimer set(long nanos, String name) {
    LoopTimer timer = loop.timer();
    timer.set(nanos, () -> fired.add(name));
    return timer;
  }

  private void pass(long nanos) {
    time.advance(Duration.ofNanos(nanos));
    channel.advanceTimeBy(nanos, TimeUnit.NANOSECONDS);
    channel.runScheduledPendingTasks();
  }

  @Test
  void firesAtItsMomentAndNotBefore() {
    set(100, "a");
    pass(99);
    assertThat(fired).isEmpty();
    pass(1);
    assertThat(fired).containsExactly("a");
    assertThat(loop.pendingTimers()).isZero();
  }

  @Test
  void firesInTheOrderOfTheirMomentsThenOfSetting() {
    set(300, "d");
    set(100, "a");
    set(200, "b");
    set(200, "c");
    pass(1_000);
    assertThat(fired).containsExactly("a", "b", "c", "d");
  }

  @Test
  void anEarlierTimerIsNotHeldUpByALaterOne() {
    set(FAR, "never");
    set(100, "a");
    pass(100);
    assertThat(fired).containsExactly("a");
    assertThat(loop.pendingTimers()).isOne();
  }

  @Test
  void aCancelledTimerDoesNotFireAndLeavesNothing() {
    LoopTimer first = set(100, "a");
    set(200, "b");
    first.cancel();
    first.cancel();
    assertThat(loop.pendingTimers()).isOne();
    pass(100);
    assertThat(fired).isEmpty();
    pass(100);
    assertThat(fired).containsExactly("b");
  }

  @Test
  void settingATimerAgainReplacesItsAction() {
    LoopTimer timer = set(100, "a");
    timer.set(300, () -> fired.add("later"));
    pass(299);
    assertThat(fired).isEmpty();
    pass(1);
    assertThat(fired).containsExactly("later");
  }

  @Test
  void aTimerThatSetsItselfWaitsForTheNextTurn() {
    LoopTimer timer = loop.timer();
    timer.set(
        0,
        () -> {
          fired.add("a");
          timer.set(0, () -> fired.add("b"));
        });
    loop.timer().set(0, () -> assertThat(fired).containsExactly("a"));
    pass(0);
    pass(0);
    assertThat(fired).containsExactly("a", "b");
    assertThat(bugs).isEmpty();
  }

  @Test
  void oneTimerMayCancelAnotherThatIsDueWithIt() {
    LoopTimer second = loop.timer();
    loop.timer().set(100, second::cancel);
    second.set(100, () -> fired.add("second"));
    pass(100);
    assertThat(fired).isEmpty();
  }

  @Test
  void aBugOfOneTimerIsReportedAndStopsNoOther() {
    loop.timer()
        .set(
            100,
            () -> {
              throw new IllegalStateException("bug");
            });
    set(100, "a");
    pass(100);
    assertThat(bugs).hasSize(1);
    assertThat(fired).containsExactly("a");
  }

  @Test
  void eachTimerReportsToTheGuardOfItsOwnCall() {
    List<Throwable> caught = new ArrayList<>();
    loop.guardedBy(caught::add)
        .timer()
        .set(
            1,
            () -> {
              throw new IllegalStateException("bug");
            });
    pass(1);
    assertThat(caught).hasSize(1);
    assertThat(bugs).isEmpty();
  }

  @Test
  void aFatalErrorLeavesTheOtherTimersSet() {
    loop.timer()
        .set(
            100,
            () -> {
              throw new OutOfMemoryError("fatal");
            });
    set(200, "a");
    pass(100);
    assertThat(bugs).singleElement().isInstanceOf(OutOfMemoryError.class);
    pass(100);
    assertThat(fired).containsExactly("a");
  }

  @Test
  void behavesAsASortedListUnderRandomOperations() {
    for (long seed = 0; seed < 50; seed++) {
      new Comparison(seed).run();
    }
  }

  /** The queue beside a naive list of what is set. */
  private final class Comparison {
    private static final int TIMERS = 200;

    private final long seed;
    private final SplittableRandom random;
    private final LoopTimer[] timers =
        Stream.generate(loop::timer).limit(TIMERS).toArray(LoopTimer[]::new);
    private final long[] due = new long[TIMERS];
    private final int[] order = new int[TIMERS];
    private final List<Integer> seen = new ArrayList<>();
    private int sets;

    Comparison(long seed) {
      this.seed = seed;
      this.random = new SplittableRandom(seed);
      Arrays.fill(due, FAR);
    }

    void run() {
      for (int step = 0; step < 2_000; step++) {
        int timer = random.nextInt(TIMERS);
        switch (random.nextInt(8)) {
          case 0, 1, 2, 3 -> set(timer);
          case 4, 5, 6 -> cancel(timer);
          default -> passAndCompare(random.nextInt(200));
        }
        assertThat(loop.pendingTimers()).as("seed %d", seed).isEqualTo(pending());
      }
      passAndCompare(1_000);
      assertThat(loop.pendingTimers()).as("seed %d", seed).isZero();
    }

    private void set(int timer) {
      long nanos = random.nextInt(1_000);
      due[timer] = time.nanos() + nanos;
      order[timer] = sets++;
      timers[timer].set(nanos, () -> seen.add(timer));
    }

    private void cancel(int timer) {
      due[timer] = FAR;
      timers[timer].cancel();
    }

    private long pending() {
      return Arrays.stream(due).filter(moment -> moment != FAR).count();
    }

    private void passAndCompare(long nanos) {
      seen.clear();
      pass(nanos);
      List<Integer> expected =
          IntStream.range(0, TIMERS)
              .filter(timer -> due[timer] <= time.nanos())
              .boxed()
              .sorted(
                  Comparator.comparingLong((Integer timer) -> due[timer])
                      .thenComparingInt(timer -> order[timer]))
              .toList();
      assertThat(seen).as("seed %d", seed).isEqualTo(expected);
      expected.forEach(timer -> due[timer] = FAR);
    }
  }
}
