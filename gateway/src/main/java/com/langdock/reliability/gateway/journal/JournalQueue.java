package com.langdock.reliability.gateway.journal;

import com.langdock.reliability.gateway.queue.MpscQueue;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Items that wait to be written, limited by number and, for contents, by bytes. Thread-safe. */
final class JournalQueue {
  /** Items that may wait. */
  static final int CAPACITY = 32_768;

  /** Bytes of contents that may wait. */
  static final long MAX_CONTENTS = 32L * 1024 * 1024;

  private static final int BATCH = 4_096;

  private final MpscQueue<JournalItem> items = new MpscQueue<>(CAPACITY);
  private final AtomicLong contents = new AtomicLong();

  /** Adds an item; false when there is no room for it. */
  boolean offer(JournalItem item) {
    long size = contentsOf(item);
    if (size == 0) {
      return items.offer(item); // All loops share the sum of the contents; most items have none.
    }
    if (contents.addAndGet(size) > MAX_CONTENTS || !items.offer(item)) {
      contents.addAndGet(-size);
      return false;
    }
    return true;
  }

  /** Waits for an item, up to about the given time; false when none came. */
  boolean await(long nanos) throws InterruptedException {
    return items.await(nanos);
  }

  /** Moves waiting items to {@code batch} until it is full. */
  void fill(List<JournalItem> batch) {
    items.drainTo(batch, BATCH - batch.size());
  }

  /** Releases the bytes of a batch's contents once they are written or lost. */
  void release(List<JournalItem> batch) {
    for (JournalItem item : batch) {
      long size = contentsOf(item);
      if (size != 0) {
        contents.addAndGet(-size);
      }
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
