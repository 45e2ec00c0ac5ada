package com.langdock.reliability.core.resilience;

/** Until when a target asked to be left alone; thread-safe. */
public final class Pause {
  private boolean asked;
  private long until;

  /** Extends the pause to {@code moment}; never shortens it. */
  public synchronized void until(long moment) {
    if (!asked || moment - until > 0) {
      asked = true;
      until = moment;
    }
  }

  /** Nanoseconds left at {@code now}, 0 when it is over. */
  public synchronized long waitNanos(long now) {
    if (asked && until - now <= 0) {
      asked = false;
    }
    return asked ? until - now : 0;
  }
}
