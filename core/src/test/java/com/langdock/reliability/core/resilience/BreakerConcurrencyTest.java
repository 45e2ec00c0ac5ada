package com.langdock.reliability.core.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BreakerConcurrencyTest {
  private static final int THREADS = 8;
  private static final int ROUNDS = 20_000;
  private static final int PROBES = 3;
  private static final long OPEN_TIME = 100;
  private static final BreakerRules RULES = new BreakerRules(1, 0.1, 1_000, 1, OPEN_TIME, PROBES);

  private final Queue<BreakerChange> changes = new ConcurrentLinkedQueue<>();
  private final CircuitBreaker breaker =
      new CircuitBreaker("shared", RULES, changes::add, () -> 0L, 0);

  @Test
  void manyThreadsNeverHaveMoreProbesThanAllowed() throws Exception {
    breaker.report(breaker.tryAcquire(0).orElseThrow(), Outcome.FAILURE, 0);
    AtomicInteger underWay = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    onAllThreads(() -> {
      for (int round = 0; round < ROUNDS; round++) {
        List<Permit> mine = allThatAreLeft();
        most.accumulateAndGet(underWay.addAndGet(mine.size()), Math::max);
        underWay.addAndGet(-mine.size());
        mine.forEach(permit -> breaker.report(permit, Outcome.IGNORE, OPEN_TIME));
      }
      return null;
    });
    assertThat(most).hasValue(PROBES);
    assertThat(allThatAreLeft()).hasSize(PROBES);
    assertThat(changes)
        .extracting(BreakerChange::to)
        .containsExactly(BreakerState.OPEN, BreakerState.HALF_OPEN);
  }

  @Test
  void eachChangeIsPublishedOnceUnderConcurrency() throws Exception {
    AtomicLong clock = new AtomicLong();
    onAllThreads(() -> {
      for (int round = 0; round < ROUNDS; round++) {
        Outcome outcome = round % 7 == 0 ? Outcome.FAILURE : Outcome.SUCCESS;
        breaker
            .tryAcquire(clock.incrementAndGet())
            .ifPresent(permit -> breaker.report(permit, outcome, clock.get()));
      }
      return null;
    });
    BreakerState last = breaker.snapshot(clock.get()).state();
    assertThat(changes).hasSizeGreaterThan(10);
    for (BreakerState state : BreakerState.values()) {
      int begunIn = state == BreakerState.CLOSED ? 1 : 0;
      int stillIn = state == last ? 1 : 0;
      long entered = changes.stream().filter(change -> change.to() == state).count();
      long left = changes.stream().filter(change -> change.from() == state).count();
      assertThat(begunIn + entered).as("times in %s", state).isEqualTo(left + stillIn);
    }
  }

  /** Takes every probe that is still free once the open time is over. */
  private List<Permit> allThatAreLeft() {
    List<Permit> permits = new ArrayList<>();
    Optional<Permit> permit = breaker.tryAcquire(OPEN_TIME);
    while (permit.isPresent()) {
      permits.add(permit.get());
      permit = breaker.tryAcquire(OPEN_TIME);
    }
    return permits;
  }

  private static void onAllThreads(Callable<Void> work)
      throws InterruptedException, ExecutionException {
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      for (Future<Void> done : threads.invokeAll(Collections.nCopies(THREADS, work))) {
        done.get();
      }
    }
  }
}
