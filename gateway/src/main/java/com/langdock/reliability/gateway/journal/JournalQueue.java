package com.langdock.reliability.gateway.journal;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Items that wait to be written, within a number and, for contents, within bytes. Thread-safe. */
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

  /** Moves one item to {@code batch}, and waits for it for so long; false when none came. */
  boolean awaitFirst(List<JournalItem> batch, long nanos) throws InterruptedException {
    JournalItem first = items.poll(nanos, TimeUnit.NANOSECONDS);
    return first != null && batch.add(first);
  }

  /** Fills {@code batch} up with what waits. */
  void fill(List<JournalItem> batch) {
    items.drainTo(batch, BATCH - batch.size());
  }

  /** Gives the room of a batch's contents back, once they are written or lost. */
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

  /** Whether more than half of the room is taken. */
  boolean isHalfFull() {
    return items.size() > CAPACITY / 2;
  }

  private static long contentsOf(JournalItem item) {
    return item instanceof JournalItem.Said said ? said.contents().size() : 0;
  }
}
