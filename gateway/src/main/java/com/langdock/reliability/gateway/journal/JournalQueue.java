package com.langdock.reliability.gateway.journal;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Items that wait to be written, limited by number and, for contents, by bytes. Thread-safe. */
final class JournalQueue {
  /** Items that may wait. */
  static final int CAPACITY = 32_768;

  /** Bytes of contents that may wait. */
  static final long MAX_CONTENTS = 32L * 1024 * 1024;

  private static final int BATCH = 4_096;

  private final BlockingQueue<JournalItem> items = new ArrayBlockingQueue<>(CAPACITY);
  private final AtomicLong contents = new AtomicLong();

  /** Adds an item; false when there is no room for it. */
  boolean offer(JournalItem item) {
    long size = contentsOf(item);
    boolean fits = contents.addAndGet(size) <= MAX_CONTENTS || size == 0;
    if (!fits || !items.offer(item)) {
      contents.addAndGet(-size);
      return false;
    }
    return true;
  }

  /** Moves one item to {@code batch}, waiting up to the given time; false when none came. */
  boolean awaitFirst(List<JournalItem> batch, long nanos) throws InterruptedException {
    JournalItem first = items.poll(nanos, TimeUnit.NANOSECONDS);
    return first != null && batch.add(first);
  }

  /** Moves waiting items to {@code batch} until it is full. */
  void fill(List<JournalItem> batch) {
    items.drainTo(batch, BATCH - batch.size());
  }

  /** Releases the bytes of a batch's contents once they are written or lost. */
  void release(List<JournalItem> batch) {
    for (JournalItem item : batch) {
      contents.addAndGet(-contentsOf(item));
    }
  }

  int size() {
    return items.size();
  }

  boolean isEmpty() {
    return items.isEmpty();
  }

  /** Whether the queue is more than half full. */
  boolean isHalfFull() {
    return items.size() > CAPACITY / 2;
  }

  private static long contentsOf(JournalItem item) {
    return item instanceof JournalItem.Contents kept ? kept.contents().size() : 0;
  }
}
