package com.langdock.reliability.core.resilience;

import java.util.HashSet;
import java.util.Set;

/** The probe places of a half-open breaker. Guarded by its breaker. */
final class Probes {
  /**
   * How soon to ask again while every place is taken. A probe may end at any moment; waiting until
   * it counts as lost would keep clients away from a provider that works again.
   */
  static final long ASK_AGAIN_NANOS = 1_000_000_000L;

  private static final long FREE = 0;

  private final long lostAfterNanos;
  private final long[] numbers;
  private final long[] takenAt;
  private final Set<Long> unreported = new HashSet<>();
  private long lastNumber;

  Probes(int places, long lostAfterNanos) {
    this.lostAfterNanos = lostAfterNanos;
    this.numbers = new long[places];
    this.takenAt = new long[places];
  }

  /** Acquires a free place, or one whose probe was lost; 0 when there is none. */
  long tryAcquire(long now) {
    int place = freePlace(now);
    if (place < 0) {
      return FREE;
    }
    numbers[place] = ++lastNumber;
    unreported.add(lastNumber);
    takenAt[place] = now;
    return lastNumber;
  }

  /**
   * Releases a probe's place, if it still holds one; false when it was reported before.
   *
   * <p>A probe that takes longer than the open time has lost its place, but its outcome counts;
   * otherwise a provider with slow answers would never be found to work again.
   */
  boolean release(long number) {
    for (int place = 0; place < numbers.length; place++) {
      if (numbers[place] == number) {
        numbers[place] = FREE;
      }
    }
    return unreported.remove(number);
  }

  /** Nanoseconds until a place may be free, 0 when one is. */
  long waitNanos(long now) {
    long soonest = ASK_AGAIN_NANOS;
    for (int place = 0; place < numbers.length; place++) {
      soonest = Math.min(soonest, Math.max(0, leftNanos(place, now)));
    }
    return soonest;
  }

  private int freePlace(long now) {
    for (int place = 0; place < numbers.length; place++) {
      if (leftNanos(place, now) <= 0) {
        return place;
      }
    }
    return -1;
  }

  /** Nanoseconds until the probe in a place counts as lost; 0 or less when the place is free. */
  private long leftNanos(int place, long now) {
    return numbers[place] == FREE ? 0 : lostAfterNanos - (now - takenAt[place]);
  }
}
