package com.langdock.reliability.core.quota;

import com.langdock.reliability.core.access.Priority;
import java.util.concurrent.TimeUnit;

/**
 * Decides which requests are refused while the gateway itself has too much to do: first those of
 * low priority, then those of normal priority, at last all. So whoever matters most is served as
 * long as anybody can be.
 */
public final class Shedding {
  /** An event loop that is so late is saturated. */
  static final long WHOLE_DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private static final double FROM_LOW = 0.8;
  private static final double FROM_NORMAL = 0.95;

  private Shedding() {}

  /**
   * How much of the gateway is used, by what is used most: 1 is all of it.
   *
   * @param inFlight requests in flight as a part of the most
   * @param memory the memory of requests that is taken as a part of all
   * @param delayNanos by which the event loop is late
   */
  public static double saturation(double inFlight, double memory, long delayNanos) {
    return Math.max(Math.max(inFlight, memory), (double) delayNanos / WHOLE_DELAY_NANOS);
  }

  /** Whether a request of {@code priority} is refused at {@code saturation}. */
  public static boolean refuses(Priority priority, double saturation) {
    return saturation
        >= switch (priority) {
          case LOW -> FROM_LOW;
          case NORMAL -> FROM_NORMAL;
          case HIGH -> 1;
        };
  }
}
