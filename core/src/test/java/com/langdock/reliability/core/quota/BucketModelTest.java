package com.langdock.reliability.core.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Checks a bucket under random operations against a list of everything that was admitted. */
class BucketModelTest {
  private static final int SEQUENCES = 3_000;
  private static final int STEPS = 40;
  private static final long MINUTE = 60_000_000_000L;

  @Test
  void keepsItsBoundAndTellsTrueWaits() {
    for (long seed = 0; seed < SEQUENCES; seed++) {
      new Run(seed).play();
    }
  }

  @Test
  void keepsWhatWasUsedWhenTheLimitChanges() {
    for (long seed = 0; seed < SEQUENCES; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Rate before = rate(random);
      Rate after = rate(random);
      Bucket bucket = new Bucket(before, 0);
      long used = random.nextLong(before.burst() + 1);
      bucket.take(used, 0);
      bucket.change(after, 0);
      assertThat(bucket.left(0, 0))
          .as("seed %d, %s to %s, used %d", seed, before, after, used)
          .isBetween(Math.max(0, after.burst() - used), Math.max(0, after.burst() - used + 1));
    }
  }

  private static Rate rate(SplittableRandom random) {
    long perMinute = 1 + random.nextLong(random.nextInt(4) == 0 ? 1_000_000 : 300);
    return new Rate(perMinute, 1 + random.nextLong(3 * perMinute));
  }

  /** A request that was admitted. */
  private static final class Admitted {
    final int step;
    final long reserved;
    long actual;
    int settledIn = Integer.MAX_VALUE;

    Admitted(int step, long reserved) {
      this.step = step;
      this.reserved = reserved;
      this.actual = reserved;
    }
  }

  private static final class Run {
    private final long seed;
    private final SplittableRandom random;
    private final Rate rate;
    private final Bucket bucket;
    private final Bucket charged;
    private final List<Admitted> admitted = new ArrayList<>();
    private final List<Admitted> open = new ArrayList<>();
    private final long[] moments = new long[STEPS];
    private long time;
    private long latest;

    Run(long seed) {
      this.seed = seed;
      random = new SplittableRandom(seed);
      rate = rate(random);
      time = random.nextInt(4) == 0 ? Long.MAX_VALUE - MINUTE : random.nextLong();
      latest = time;
      bucket = new Bucket(rate, time);
      charged = new Bucket(rate, time);
    }

    void play() {
      for (int step = 0; step < STEPS; step++) {
        time +=
            random.nextInt(12) == 0 ? random.nextLong(3 * MINUTE) : random.nextLong(MINUTE / 20);
        long now = random.nextInt(4) == 0 ? time - random.nextLong(MINUTE / 100) : time;
        latest = now - latest > 0 ? now : latest;
        moments[step] = now;
        if (open.isEmpty() || random.nextInt(3) > 0) {
          ask(step, now);
        } else {
          settle(open.remove(random.nextInt(open.size())), step, now);
        }
        look(now);
      }
      latest = time;
      while (!open.isEmpty()) {
        settle(open.removeLast(), STEPS - 1, time);
      }
      checkBound();
      long later = bucket.resetNanos(latest) - charged.resetNanos(latest);
      assertThat(later).as("seed %d: later than by actual use", seed).isLessThanOrEqualTo(0);
    }

    private void ask(int step, long now) {
      long amount = random.nextLong(1 + rate.burst() + rate.burst() / 8);
      long wait = bucket.waitNanos(amount, 0, now);
      assertThat(wait < 0).as(() -> where(step)).isEqualTo(amount > rate.burst());
      if (wait > 0) {
        assertThat(bucket.waitNanos(amount, 0, now + wait)).as(() -> where(step)).isZero();
        assertThat(bucket.waitNanos(amount, 0, now + wait - 1)).as(() -> where(step)).isEqualTo(1);
      }
      if (wait == 0) {
        bucket.take(amount, now);
        Admitted request = new Admitted(step, amount);
        admitted.add(request);
        open.add(request);
      }
    }

    private void settle(Admitted request, int step, long now) {
      request.settledIn = step;
      request.actual =
          switch (random.nextInt(3)) {
            case 0 -> 0;
            case 1 -> random.nextLong(request.reserved + 1);
            default -> request.reserved + random.nextLong(rate.burst());
          };
      bucket.adjust(request.reserved, request.actual, now);
      charged.take(request.actual, latest); // the same clock, without its steps back
    }

    /** What is shown as left is admitted, one more is not; after the reset it is full. */
    private void look(long now) {
      long left = bucket.left(0, now);
      assertThat(left).isBetween(0L, rate.burst());
      if (left > 0) {
        assertThat(bucket.waitNanos(left, 0, now)).isZero();
      }
      if (left < rate.burst()) {
        assertThat(bucket.waitNanos(left + 1, 0, now)).isPositive();
      }
      long reset = bucket.resetNanos(now);
      assertThat(bucket.left(0, now + reset)).isEqualTo(rate.burst());
    }

    /** In any interval: no more than burst, rate, debt, and what was given back of what ran. */
    private void checkBound() {
      for (int first = 0; first < STEPS; first++) {
        long low = moments[first];
        long high = moments[first];
        for (int last = first; last < STEPS; last++) {
          low = moments[last] - low < 0 ? moments[last] : low;
          high = moments[last] - high > 0 ? moments[last] : high;
          double most = rate.burst() + (high - low) * (double) rate.perMinute() / MINUTE;
          double used = 0;
          for (Admitted request : admitted) {
            boolean inside = first <= request.step && request.step <= last;
            boolean ranAtFirst = request.step < first && request.settledIn >= first;
            used += inside ? request.actual : 0;
            most += inside || ranAtFirst ? Math.max(0, request.actual - request.reserved) : 0;
            most += ranAtFirst ? Math.max(0, request.reserved - request.actual) : 0;
          }
          assertThat(used)
              .as("seed %d, steps %d to %d, %s", seed, first, last, rate)
              .isLessThanOrEqualTo(most + 1e-3);
        }
      }
    }

    private String where(int step) {
      return "seed " + seed + ", step " + step + ", " + rate;
    }
  }
}
