package com.langdock.reliability.gateway.queue;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue from many threads to one, in the order in which each of them adds.
 *
 * <p><b>Idea.</b> A ring of slots. A producer claims the next slot by one atomic step and then
 * publishes its item there; it never waits, neither for other producers nor for the consumer, who
 * with a locked queue would hold the lock while it takes a whole batch. The consumer takes items
 * until it meets a slot that is not published.
 *
 * <p><b>Waiting.</b> The consumer names itself before it looks at the queue for the last time, and
 * a producer looks for its name after it has published: one of the two sees the other, so no item
 * is left lying. Who takes the name away wakes the consumer, once for many items.
 *
 * <p><b>Invariants.</b> A slot is claimed only when its former item was taken. Positions only grow;
 * the difference of the two is the number of items. Several consumers exclude each other.
 */
public final class MpscQueue<T> {
  private final AtomicReferenceArray<@Nullable T> slots;
  private final int mask;

  /** The next position to claim. */
  private final AtomicLong tail = new AtomicLong();

  /** The next position to take; written by the consumer. */
  private final AtomicLong head = new AtomicLong();

  private final AtomicReference<@Nullable Thread> waiting = new AtomicReference<>();

  /**
   * An empty queue.
   *
   * @param capacity a power of two
   */
  public MpscQueue(int capacity) {
    if (Integer.bitCount(capacity) != 1) {
      throw new IllegalArgumentException("not a power of two: " + capacity);
    }
    slots = new AtomicReferenceArray<>(capacity);
    mask = capacity - 1;
  }

  /** Adds an item; false when the queue is full. */
  public boolean offer(T item) {
    long position = tail.get();
    while (position - head.get() <= mask) {
      if (tail.compareAndSet(position, position + 1)) {
        slots.set((int) position & mask, item);
        wake();
        return true;
      }
      position = tail.get();
    }
    return false;
  }

  private void wake() {
    Thread consumer = waiting.get();
    if (consumer != null && waiting.compareAndSet(consumer, null)) {
      LockSupport.unpark(consumer);
    }
  }

  /**
   * Waits until there is an item, for {@code nanos} at most; may return earlier without one.
   *
   * @return whether there is one
   */
  public boolean await(long nanos) throws InterruptedException {
    waiting.set(Thread.currentThread());
    try {
      if (isEmpty()) {
        LockSupport.parkNanos(this, nanos);
      }
    } finally {
      waiting.set(null);
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    return !isEmpty();
  }

  /** Moves items to {@code batch}, {@code most} at most. */
  public synchronized void drainTo(List<? super T> batch, int most) {
    long position = head.get();
    long end = position + Math.max(0, most);
    for (; position < end; position++) {
      T item = slots.get((int) position & mask);
      if (item == null) {
        break;
      }
      slots.setRelease((int) position & mask, null);
      batch.add(item);
    }
    head.set(position);
  }

  /** The number of items; while others are added or taken, about that many. */
  public int size() {
    return Math.clamp(tail.get() - head.get(), 0, mask + 1);
  }

  /** Whether no item can be taken. */
  public boolean isEmpty() {
    return slots.get((int) head.get() & mask) == null;
  }
}
