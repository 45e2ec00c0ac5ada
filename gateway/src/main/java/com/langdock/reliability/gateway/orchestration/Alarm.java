package com.langdock.reliability.gateway.orchestration;

import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;

/** A timer of the event loop that is set for one moment at a time. */
final class Alarm {
  private static final long NOT_SET = -1;

  private final Vertx vertx;
  private long timer = NOT_SET;

  Alarm(Vertx vertx) {
    this.vertx = vertx;
  }

  /**
   * Does {@code action} at the first whole millisecond that is not before {@code nanos} from now,
   * in place of what it was set for before.
   */
  void set(long nanos, Runnable action) {
    cancel();
    long millis = TimeUnit.NANOSECONDS.toMillis(nanos + TimeUnit.MILLISECONDS.toNanos(1) - 1);
    timer =
        vertx.setTimer(
            Math.max(1, millis),
            fired -> {
              timer = NOT_SET;
              action.run();
            });
  }

  void cancel() {
    if (timer != NOT_SET) {
      vertx.cancelTimer(timer);
      timer = NOT_SET;
    }
  }
}
