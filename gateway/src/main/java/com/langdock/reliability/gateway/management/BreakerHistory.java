package com.langdock.reliability.gateway.management;

import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.core.resilience.BreakerChange;
import com.langdock.reliability.core.resilience.BreakerListener;
import com.langdock.reliability.core.resilience.BreakerState;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The changes of all breakers in the last quarter of an hour. Thread-safe. */
public final class BreakerHistory implements BreakerListener {
  private static final long KEPT_MILLIS = TimeUnit.MINUTES.toMillis(15);
  private static final int MOST = 1_000;

  private final Ticker ticker;
  private final Deque<Moment> moments = new ArrayDeque<>();

  /**
   * A change.
   *
   * @param at milliseconds since 1970
   */
  record Moment(long at, String breaker, BreakerState from, BreakerState to, String why) {}

  /** A history without a change. */
  public BreakerHistory(Ticker ticker) {
    this.ticker = ticker;
  }

  @Override
  public synchronized void changed(BreakerChange change) {
    removeExpired();
    if (moments.size() == MOST) {
      moments.removeFirst();
    }
    moments.addLast(
        new Moment(
            ticker.unixMillis(), change.breaker(), change.from(), change.to(), change.why()));
  }

  /** The changes of a breaker, oldest first. */
  synchronized List<Moment> of(String breaker) {
    removeExpired();
    return moments.stream().filter(moment -> moment.breaker().equals(breaker)).toList();
  }

  private void removeExpired() {
    long oldest = ticker.unixMillis() - KEPT_MILLIS;
    while (!moments.isEmpty() && moments.getFirst().at() < oldest) {
      moments.removeFirst();
    }
  }
}
