package com.langdock.reliability.bench;

import java.util.Arrays;

/** The last million of some lengths of time; written by one thread. */
final class Lateness {
  private final long[] nanos = new long[1_000_000];
  private volatile int size;

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
    int at = (int) Math.min(sorted.length - 1, Math.floor(share * sorted.length));
    return sorted.length == 0 ? Double.NaN : sorted[at] / 1e6;
  }
}
