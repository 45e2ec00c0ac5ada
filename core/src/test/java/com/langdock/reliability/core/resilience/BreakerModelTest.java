package com.langdock.reliability.core.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.resilience.NaiveBreaker.Seen;
import com.langdock.reliability.core.resilience.NaiveBreaker.Ticket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Compares the breaker with a naive model under random operations. */
class BreakerModelTest {
  private static final int SEQUENCES = 1_000;
  private static final int STEPS = 80;
  private static final Outcome[] MOSTLY_GOOD_AND_BAD = {
    Outcome.SUCCESS, Outcome.SUCCESS, Outcome.SUCCESS, Outcome.SUCCESS,
    Outcome.FAILURE, Outcome.FAILURE, Outcome.FAILURE, Outcome.IGNORE
  };

  @Test
  void behavesLikeTheNaiveBreaker() {
    for (long seed = 0; seed < SEQUENCES; seed++) {
      new Run(seed).play();
    }
  }

  private record Pair(Permit permit, Ticket ticket) {}

  private static final class Run {
    private final long seed;
    private final SplittableRandom random;
    private final BreakerRules rules;
    private final CircuitBreaker real;
    private final NaiveBreaker naive;
    private final List<BreakerState> changes = new ArrayList<>();
    private final List<Pair> pairs = new ArrayList<>();
    private long now;

    Run(long seed) {
      this.seed = seed;
      random = new SplittableRandom(seed);
      rules =
          new BreakerRules(
              random.nextInt(1, 8),
              random.nextInt(1, 9) / 8.0,
              30L * random.nextInt(1, 8),
              random.nextInt(1, 12),
              openNanos(),
              random.nextInt(1, 4));
      now = random.nextBoolean() ? Long.MAX_VALUE - random.nextInt(1_000) : random.nextLong();
      real = new CircuitBreaker("b", rules, change -> changes.add(change.to()), () -> 0L, now);
      naive = new NaiveBreaker(rules, now);
    }

    void play() {
      for (int step = 0; step < STEPS; step++) {
        now +=
            random.nextInt(10) == 0 ? random.nextLong(2 * rules.maxOpenNanos()) : random.nextInt(4);
        if (random.nextInt(5) < 3) {
          acquire(step);
        } else if (!pairs.isEmpty()) {
          report();
        }
        compare(step);
      }
    }

    /** Often far shorter than the first open time is otherwise, sometimes with room to double. */
    private long openNanos() {
      return random.nextInt(3) == 0
          ? random.nextLong(1, 60) * 1_000_000_000L
          : random.nextLong(1, 200);
    }

    private void acquire(int step) {
      boolean early = random.nextInt(4) == 0;
      Optional<Permit> permit = early ? real.tryAcquireEarly(now) : real.tryAcquire(now);
      Optional<Ticket> ticket = early ? naive.tryAcquireEarly(now) : naive.tryAcquire(now);
      assertThat(permit.isPresent()).as(() -> where(step)).isEqualTo(ticket.isPresent());
      ticket.ifPresent(given -> pairs.add(new Pair(permit.orElseThrow(), given)));
    }

    /** Mostly one of the last permits, or any old one; probes may be reported twice. */
    private void report() {
      int last = Math.min(pairs.size(), random.nextInt(4) == 0 ? pairs.size() : 4);
      Pair pair = pairs.get(pairs.size() - 1 - random.nextInt(last));
      if (naive.counted(pair.ticket())) {
        return;
      }
      Outcome outcome =
          random.nextInt(40) == 0
              ? Outcome.OPEN
              : MOSTLY_GOOD_AND_BAD[random.nextInt(MOSTLY_GOOD_AND_BAD.length)];
      real.report(pair.permit(), outcome, now);
      naive.report(pair.ticket(), outcome, now);
    }

    private void compare(int step) {
      BreakerSnapshot snapshot = real.snapshot(now);
      Seen seen =
          new Seen(
              snapshot.state(),
              snapshot.waitNanos() == 0,
              snapshot.consecutiveFailures(),
              snapshot.windowCalls(),
              snapshot.windowFailures(),
              changes);
      assertThat(seen).as(() -> where(step)).isEqualTo(naive.seen(now));
      if (seen.state() == BreakerState.HALF_OPEN) {
        assertThat(naive.probesUnderWay(now))
            .as(() -> where(step))
            .isLessThanOrEqualTo(rules.halfOpenProbes());
      }
    }

    private String where(int step) {
      return "seed " + seed + ", step " + step + ", " + rules;
    }
  }
}
