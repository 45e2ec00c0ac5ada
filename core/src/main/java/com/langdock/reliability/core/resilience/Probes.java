package com.langdock.reliability.core.resilience;

/** The places of a half-open breaker's probes; guarded by its breaker. */
final class Probes {
  private static final long FREE = 0;

  private final long lostAfterNanos;
  private final long[] numbers;
  private final long[] takenAt;
  private long lastNumber;

  Probes(int places, long lostAfterNanos) {
    this.lostAfterNanos = lostAfterNanos;
    this.numbers = new long[places];
    this.takenAt = new long[places];
  }

  /** Takes a free place, or one whose probe was never reported; 0 when there is none. */
  long tryTake(long now) {
    int place = freePlace(now);
    if (place < 0) {
      return FREE;
    }
    numbers[place] = ++lastNumber;
    takenAt[place] = now;
    return lastNumber;
  }

  /** Gives a probe's place back; false when it had been given away. */
  boolean giveBack(long number) {
    for (int place = 0; place < numbers.length; place++) {
      if (numbers[place] == number) {
        numbers[place] = FREE;
        return true;
      }
    }
    return false;
  }

  /** Nanoseconds until a place is free for certain, 0 when one is now. */
  long waitNanos(long now) {
    long soonest = Long.MAX_VALUE;
    for (int place = 0; place < numbers.length; place++) {
      long left = numbers[place] == FREE ? 0 : lostAfterNanos - (now - takenAt[place]);
      soonest = Math.min(soonest, Math.max(0, left));
    }
    return soonest;
  }

  private int freePlace(long now) {
    for (int place = 0; place < numbers.length; place++) {
      if (numbers[place] == FREE || now - takenAt[place] >= lostAfterNanos) {
        return place;
      }
    }
    return -1;
  }
}
