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

  /** With fewer requests in flight, it is not they that make the event loop late. */
  private static final double FEW = 0.01;

  private static final double FROM_LOW = 0.8;
  private static final double FROM_NORMAL = 0.95;

  private Shedding() {}

  /**
   * How much of the gateway is used, by what is used most: 1 is all of it. A delay counts only
   * while a hundredth of the requests that may be in flight are: otherwise the machine is slow, or
   * the gateway has just started, and refusing the few would help nobody.
   *
   * @param inFlight requests in flight as a part of the most
   * @param memory the memory of requests that is taken as a part of all
   * @param delayNanos by which the event loop is late
   */
  public static double saturation(double inFlight, double memory, long delayNanos) {
    double ofDelay = inFlight < FEW ? 0 : (double) delayNanos / WHOLE_DELAY_NANOS;
    return Math.max(Math.max(inFlight, memory), ofDelay);
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
