package com.langdock.reliability.gateway.loop;

import com.langdock.reliability.core.domain.Body;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The arrays of large bodies, used again and again.
 *
 * <p>A collector copies a large array several times until it is old, and each new one is filled
 * with zeros. Both cost more than all that is done with the bytes. An array is at most an eighth
 * longer than its body. Those that wait take no more than a given memory, and {@link #trim} drops
 * what was not needed lately. Thread-safe.
 */
public final class BodyArrays implements Body.Lender {
  /** Eight lengths of arrays between a power of two and the next. */
  private static final int STEPS = 8;

  private final long maxWaiting;
  private final Map<Integer, Waiting> byLength = new HashMap<>();
  private long waitingBytes;

  /**
   * No arrays yet.
   *
   * @param maxWaiting the most bytes of arrays that wait to be lent
   */
  public BodyArrays(long maxWaiting) {
    this.maxWaiting = maxWaiting;
  }

  @Override
  public Body lend(int length) {
    int capacity = capacity(length);
    byte[] waiting = poll(capacity);
    return Body.lent(waiting == null ? new byte[capacity] : waiting, length, this);
  }

  private synchronized byte @Nullable [] poll(int capacity) {
    Waiting waiting = byLength.get(capacity);
    byte[] array = waiting == null ? null : waiting.poll();
    if (array != null) {
      waitingBytes -= array.length;
    }
    return array;
  }

  @Override
  public synchronized void giveBack(byte[] array) {
    if (waitingBytes + array.length <= maxWaiting) {
      waitingBytes += array.length;
      byLength.computeIfAbsent(array.length, length -> new Waiting()).arrays.push(array);
    }
  }

  /** Drops the arrays that waited all the time since the last call. Call it every few seconds. */
  public synchronized void trim() {
    Iterator<Waiting> all = byLength.values().iterator();
    while (all.hasNext()) {
      Waiting waiting = all.next();
      waitingBytes -= waiting.dropUnused();
      if (waiting.arrays.isEmpty()) {
        all.remove();
      }
    }
  }

  /** The memory of the arrays that wait, in bytes. */
  public synchronized long waiting() {
    return waitingBytes;
  }

  /** The length of the array for a body of {@code length} bytes. */
  static int capacity(int length) {
    int step = Math.max(1, Integer.highestOneBit(length) / STEPS);
    return (int) Math.min(Integer.MAX_VALUE - STEPS, ((long) length + step - 1) / step * step);
  }

  /** The arrays of one length that wait; the last one used is lent first. */
  private static final class Waiting {
    final Deque<byte[]> arrays = new ArrayDeque<>();

    /** The fewest that have waited since the last {@link #dropUnused}. */
    private int fewest;

    byte @Nullable [] poll() {
      byte[] array = arrays.poll();
      fewest = Math.min(fewest, arrays.size());
      return array;
    }

    /** Drops those that were not needed; their bytes. */
    long dropUnused() {
      long dropped = 0;
      for (int i = 0; i < fewest; i++) {
        dropped += arrays.removeLast().length;
      }
      fewest = arrays.size();
      return dropped;
    }
  }
}
