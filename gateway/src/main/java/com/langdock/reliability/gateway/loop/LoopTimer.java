package com.langdock.reliability.gateway.loop;

import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** A timer of an event loop with at most one pending action. */
public final class LoopTimer {
  private final EventLoop loop;
  private @Nullable Future<?> set;

  LoopTimer(EventLoop loop) {
    this.loop = loop;
  }

  /** Runs {@code action} after {@code nanos}, replacing any pending action. */
  public void set(long nanos, Runnable action) {
    cancel();
    set = loop.schedule(nanos, action);
  }

  /** Cancels the pending action, if any. */
  public void cancel() {
    if (set != null) {
      set.cancel(false);
      set = null;
    }
  }
}
