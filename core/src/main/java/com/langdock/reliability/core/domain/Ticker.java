package com.langdock.reliability.core.domain;

/** Where moments come from; tests turn it by hand. */
public interface Ticker {
  /** Monotonic nanoseconds for elapsed time, compared by subtraction; may be negative. */
  long nanos();

  /** Milliseconds since 1970 for what people read; may jump. */
  long unixMillis();
}
