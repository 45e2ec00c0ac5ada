package com.langdock.reliability.gateway.loop;

import com.langdock.reliability.core.domain.Ticker;
import java.util.ArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The timers of one event loop: a binary heap by the moment at which they are due, with one timer
 * of the thread for the earliest.
 *
 * <p>A request sets and cancels several timers, and hardly any of them fires. Here that moves
 * entries of an array and allocates nothing. The thread's own timer is set only for a moment that
 * is earlier than the one it is set for; where that moment's timer has been cancelled, it fires
 * once for nothing and is set for the next. Timers that are due at the same moment run in the order
 * in which they were set.
 */
final class TimerQueue {
  private static final int INITIAL_CAPACITY = 64;

  /** A longer delay is as good as never; two moments stay comparable by subtraction. */
  private static final long MAX_DELAY = Long.MAX_VALUE / 4;

  private final io.netty.channel.EventLoop thread;
  private final Ticker ticker;

  private final ArrayList<LoopTimer> heap = new ArrayList<>(INITIAL_CAPACITY);
  private int nextOrder;

  /** The thread's own timer; null if none is set. */
  private @Nullable Future<?> armed;

  private long armedFor;

  TimerQueue(io.netty.channel.EventLoop thread, Ticker ticker) {
    this.thread = thread;
    this.ticker = ticker;
  }

  /** The number of timers that are set. */
  int size() {
    return heap.size();
  }

  /** Adds a timer that is not in the queue, due after {@code nanos}. */
  void add(LoopTimer timer, long nanos) {
    long now = ticker.nanos();
    timer.queueAt(now + Math.clamp(nanos, 0, MAX_DELAY), nextOrder++);
    heap.add(timer);
    moveUp(heap.size() - 1, timer);
    if (timer.place() == 0) {
      arm(now);
    }
  }

  /** Removes a timer that is in the queue. */
  void remove(LoopTimer timer) {
    int place = timer.place();
    timer.leaveQueue();
    LoopTimer last = heap.removeLast();
    if (last != timer) {
      moveUp(place, last);
      moveDown(last.place(), last);
    }
  }

  /** Sets the thread's timer for the earliest, unless it fires soon enough. */
  private void arm(long now) {
    long due = heap.getFirst().due();
    if (armed != null) {
      if (armedFor - due <= 0) {
        return;
      }
      armed.cancel(false);
      armed = null;
    }
    armedFor = due;
    try {
      armed = thread.schedule(this::fire, due - now, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException stopped) {
      // After a shutdown the loop's connections are closed, so nothing waits for its timers.
      if (!thread.isShuttingDown()) {
        throw stopped;
      }
    }
  }

  /** Runs the timers that are due; those that they set wait for the next turn. */
  private void fire() {
    armed = null;
    long now = ticker.nanos();
    int until = nextOrder;
    try {
      while (!heap.isEmpty()
          && heap.getFirst().due() - now <= 0
          && heap.getFirst().order() - until < 0) {
        LoopTimer timer = heap.getFirst();
        remove(timer);
        timer.run();
      }
    } finally {
      if (!heap.isEmpty()) {
        arm(ticker.nanos());
      }
    }
  }

  private void moveUp(int from, LoopTimer timer) {
    int place = from;
    while (place > 0) {
      int parent = (place - 1) >>> 1;
      if (!timer.isBefore(heap.get(parent))) {
        break;
      }
      put(place, heap.get(parent));
      place = parent;
    }
    put(place, timer);
  }

  private void moveDown(int from, LoopTimer timer) {
    int size = heap.size();
    int place = from;
    for (int child = 2 * place + 1; child < size; child = 2 * place + 1) {
      if (child + 1 < size && heap.get(child + 1).isBefore(heap.get(child))) {
        child++;
      }
      if (!heap.get(child).isBefore(timer)) {
        break;
      }
      put(place, heap.get(child));
      place = child;
    }
    put(place, timer);
  }

  /** Every place of a timer in the heap is set here. */
  private void put(int place, LoopTimer timer) {
    heap.set(place, timer);
    timer.place(place);
  }
}
