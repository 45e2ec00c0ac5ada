package com.langdock.reliability.core.resilience.breaker;

/** Calls and failures of the last while, counted in slices of time; guarded by its breaker. */
final class CallWindow {
  private static final int SLICES = 10;

  private final long sliceNanos;
  private final int[] calls = new int[SLICES];
  private final int[] failures = new int[SLICES];
  private int current;
  private long currentBegan;
  private int allCalls;
  private int allFailures;

  CallWindow(long windowNanos, long now) {
    this.sliceNanos = Math.max(1, windowNanos / SLICES);
    this.currentBegan = now;
  }

  void add(boolean failed, long now) {
    advance(now);
    calls[current]++;
    allCalls++;
    if (failed) {
      failures[current]++;
      allFailures++;
    }
  }

  int calls(long now) {
    advance(now);
    return allCalls;
  }

  int failures(long now) {
    advance(now);
    return allFailures;
  }

  void clear(long now) {
    for (int slice = 0; slice < SLICES; slice++) {
      forget(slice);
    }
    currentBegan = now;
  }

  private void advance(long now) {
    long steps = (now - currentBegan) / sliceNanos;
    for (long step = 0; step < Math.min(steps, SLICES); step++) {
      current = (current + 1) % SLICES;
      forget(current);
    }
    if (steps > 0) {
      currentBegan += steps * sliceNanos;
    }
  }

  private void forget(int slice) {
    allCalls -= calls[slice];
    allFailures -= failures[slice];
    calls[slice] = 0;
    failures[slice] = 0;
  }
}
