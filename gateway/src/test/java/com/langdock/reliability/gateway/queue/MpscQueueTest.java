package com.langdock.reliability.gateway.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MpscQueueTest {
  private static final long LONG = TimeUnit.SECONDS.toNanos(30);

  private final MpscQueue<Integer> queue = new MpscQueue<>(4);
  private final List<Integer> taken = new ArrayList<>();

  @Test
  void givesItemsInTheirOrder() {
    IntStream.range(0, 3).forEach(queue::offer);
    queue.drainTo(taken, 10);
    assertThat(taken).containsExactly(0, 1, 2);
    assertThat(queue.isEmpty()).isTrue();
  }

  @Test
  void refusesWhatDoesNotFitUntilThereIsRoom() {
    assertThat(IntStream.range(0, 4).allMatch(queue::offer)).isTrue();
    assertThat(queue.offer(4)).isFalse();
    assertThat(queue.size()).isEqualTo(4);
    queue.drainTo(taken, 1);
    assertThat(queue.offer(5)).isTrue();
    assertThat(queue.offer(6)).isFalse();
    queue.drainTo(taken, 10);
    assertThat(taken).containsExactly(0, 1, 2, 3, 5);
  }

  @Test
  void takesNoMoreThanWasAskedFor() {
    IntStream.range(0, 4).forEach(queue::offer);
    queue.drainTo(taken, 0);
    queue.drainTo(taken, -1);
    assertThat(taken).isEmpty();
    queue.drainTo(taken, 3);
    assertThat(queue.size()).isOne();
  }

  @Test
  void wantsAPowerOfTwo() {
    assertThatThrownBy(() -> new MpscQueue<Integer>(6))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void doesNotWaitWhereThereIsAnItem() throws Exception {
    queue.offer(1);
    assertThat(queue.await(LONG)).isTrue();
  }

  @Test
  void returnsWithoutAnItemAfterTheTime() throws Exception {
    assertThat(queue.await(1)).isFalse();
  }

  @Test
  void anInterruptEndsTheWait() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> queue.await(LONG)).isInstanceOf(InterruptedException.class);
  }

  @Test
  void anItemEndsTheWait() throws Exception {
    Thread producer = Thread.ofPlatform().start(() -> queue.offer(7));
    while (!queue.await(LONG)) {
      assertThat(queue.isEmpty()).isTrue(); // It may return early.
    }
    producer.join();
    queue.drainTo(taken, 1);
    assertThat(taken).containsExactly(7);
  }

  /** A consumer that often waits, and a queue that is often full. */
  @Test
  void sixteenProducersLoseNothingAndKeepTheirOrder() throws Exception {
    int producers = 16;
    int each = 20_000;
    MpscQueue<int[]> shared = new MpscQueue<>(256);
    AtomicLong refused = new AtomicLong();
    CountDownLatch begin = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int producer = 0; producer < producers; producer++) {
      int own = producer;
      threads.add(
          Thread.ofPlatform()
              .start(() -> {
                awaitBegin(begin);
                for (int number = 0; number < each; number++) {
                  while (!shared.offer(new int[] {own, number})) {
                    refused.incrementAndGet();
                    LockSupport.parkNanos(1_000);
                  }
                }
              }));
    }
    begin.countDown();
    int[] next = new int[producers];
    List<int[]> batch = new ArrayList<>();
    for (int seen = 0; seen < producers * each; seen += batch.size()) {
      batch.clear();
      boolean _ = shared.await(LONG);
      shared.drainTo(batch, 100);
      assertThat(shared.size()).isBetween(0, 256);
      for (int[] item : batch) {
        assertThat(item[1]).isEqualTo(next[item[0]]++);
      }
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(next).containsOnly(each);
    assertThat(shared.isEmpty()).isTrue();
    assertThat(shared.size()).isZero();
    assertThat(refused).as("times that it was full").hasPositiveValue();
  }

  private static void awaitBegin(CountDownLatch begin) {
    try {
      begin.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
