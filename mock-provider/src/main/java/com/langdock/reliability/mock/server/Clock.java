package com.langdock.reliability.mock.server;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The only reader of the system's clocks. */
final class Clock {
  private Clock() {}

  /** The time of day, to the millisecond. */
  static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }

  /** Milliseconds since some fixed moment; never jumps. */
  static long monotonicMillis() {
    return System.nanoTime() / 1_000_000;
  }
}
