package com.langdock.reliability.bench;

import java.util.Arrays;

/** The last of some lengths of time, so many as there is room for; written by one thread. */
final class Lateness {
  private final long[] nanos;
  private volatile int size;

  Lateness(int room) {
    nanos = new long[room];
  }

  void add(long length) {
    int at = size;
    nanos[at % nanos.length] = length;
    size = at + 1;
  }

  void clear() {
    size = 0;
  }

  /** The milliseconds that this share of them did not exceed. */
  double millis(double share) {
    long[] sorted = Arrays.copyOf(nanos, Math.min(size, nanos.length));
    Arrays.sort(sorted);
    int at = Math.max(0, (int) Math.ceil(share * sorted.length) - 1);
    return sorted.length == 0 ? Double.NaN : sorted[at] / 1e6;
  }
}
