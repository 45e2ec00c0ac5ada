package com.langdock.reliability.gateway.loop;

import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** A timer of an event loop that is set for one moment at a time. */
public final class LoopTimer {
  private final EventLoop loop;
  private @Nullable Future<?> set;

  LoopTimer(EventLoop loop) {
    this.loop = loop;
  }

  /** Does {@code action} in {@code nanos}, in place of what it was set for before. */
  public void set(long nanos, Runnable action) {
    cancel();
    set = loop.schedule(nanos, action);
  }

  /** Does nothing any more. */
  public void cancel() {
    if (set != null) {
      set.cancel(false);
      set = null;
    }
  }
}
