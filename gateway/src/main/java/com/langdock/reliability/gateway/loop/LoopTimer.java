package com.langdock.reliability.gateway.loop;

import org.jspecify.annotations.Nullable;

/** A timer of an event loop with at most one pending action. */
public final class LoopTimer {
  private static final int NOT_QUEUED = -1;

  private final EventLoop loop;
  private @Nullable Runnable action;

  private long due;
  private int order;
  private int place = NOT_QUEUED;

  LoopTimer(EventLoop loop) {
    this.loop = loop;
  }

  /** Runs {@code action} after {@code nanos}, replacing any pending action. */
  public void set(long nanos, Runnable action) {
    cancel();
    this.action = action;
    loop.timers().add(this, nanos);
  }

  /** Cancels the pending action, if any. */
  public void cancel() {
    if (place != NOT_QUEUED) {
      loop.timers().remove(this);
      action = null;
    }
  }

  /** Runs the pending action of a timer that has left the queue. */
  void run() {
    Runnable due = action;
    action = null;
    if (due != null) {
      loop.run(due);
    }
  }

  /** What the queue needs to know: when it is due, and which of two comes first. */
  void queueAt(long due, int order) {
    this.due = due;
    this.order = order;
  }

  void leaveQueue() {
    place = NOT_QUEUED;
  }

  /** Its place in the queue's heap. */
  int place() {
    return place;
  }

  void place(int place) {
    this.place = place;
  }

  /** The moment at which it is due. */
  long due() {
    return due;
  }

  /** Grows with each timer that is set. */
  int order() {
    return order;
  }

  boolean isBefore(LoopTimer other) {
    long difference = due - other.due;
    return difference == 0 ? order - other.order < 0 : difference < 0;
  }
}
