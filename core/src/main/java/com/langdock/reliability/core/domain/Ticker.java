package com.langdock.reliability.core.domain;

/** The clock; tests use a manual one. */
public interface Ticker {
  /** Monotonic nanoseconds for elapsed time, compared by subtraction; may be negative. */
  long nanos();

  /** Milliseconds since 1970 for what people read; may jump. */
  long unixMillis();
}
