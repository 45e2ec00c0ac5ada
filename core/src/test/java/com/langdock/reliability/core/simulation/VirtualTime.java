package com.langdock.reliability.core.simulation;

import java.util.PriorityQueue;

/** A clock and the actions that wait for it: running them is what makes time pass. */
final class VirtualTime {
  private static final int MAX_ACTIONS = 2_000_000;

  /** An action that may be taken back. */
  static final class Timer implements Comparable<Timer> {
    private final long at;
    private final long order;
    private Runnable action;

    private Timer(long at, long order, Runnable action) {
      this.at = at;
      this.order = order;
      this.action = action;
    }

    void cancel() {
      action = () -> {};
    }

    @Override
    public int compareTo(Timer other) {
      int byTime = Long.compare(at - other.at, 0);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  private final PriorityQueue<Timer> waiting = new PriorityQueue<>();
  private long now;
  private long order;

  VirtualTime(long start) {
    this.now = start;
  }

  long now() {
    return now;
  }

  Timer after(long nanos, Runnable action) {
    Timer timer = new Timer(now + Math.max(0, nanos), order++, action);
    waiting.add(timer);
    return timer;
  }

  /** Runs until nothing waits. */
  void run() {
    for (int count = 0; count < MAX_ACTIONS; count++) {
      Timer next = waiting.poll();
      if (next == null) {
        return;
      }
      now = next.at;
      next.action.run();
    }
    throw new AssertionError("the simulation does not end");
  }

  /** Lets time pass while nothing waits. */
  void pass(long nanos) {
    now += nanos;
  }
}
