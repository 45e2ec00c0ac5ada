package com.langdock.reliability.core.domain;

/**
 * The moment by which a request must have been answered.
 *
 * @param atNanos on the monotonic clock; moments are compared by subtraction
 */
public record Deadline(long atNanos) {
  /** Nanoseconds left at {@code now}; zero or less when it is over. */
  public long leftNanos(long now) {
    return atNanos - now;
  }

  /** Whether the deadline has passed at {@code now}. */
  public boolean isOver(long now) {
    return leftNanos(now) <= 0;
  }

  /** Whether {@code moment} is before the deadline. */
  public boolean allows(long moment) {
    return atNanos - moment > 0;
  }
}
