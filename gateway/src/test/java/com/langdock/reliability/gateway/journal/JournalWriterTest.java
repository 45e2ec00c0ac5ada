package com.langdock.reliability.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.gateway.journal.entry.ContentsRow;
import com.langdock.reliability.gateway.journal.entry.JournalEntry;
import com.langdock.reliability.gateway.journal.entry.Outcome;
import com.langdock.reliability.gateway.observability.ManualTicker;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The writer with a store in memory; what its thread does is awaited by barriers. */
final class JournalWriterTest {
  private final MemoryStore store = new MemoryStore();
  private final ConcurrentLinkedQueue<String> settled = new ConcurrentLinkedQueue<>();
  private final ManualTicker ticker = new ManualTicker();
  private final JournalWriter writer =
      new JournalWriter(store::open, Duration.ZERO, Duration.ZERO, ticker, settled::add);

  private static JournalItem request(int number) {
    JournalEntry entry = Scene.ended(number, Outcome.SUCCESS);
    return new JournalItem.Ended(Scene.id(number), () -> entry);
  }

  private void awaitWriting() throws Exception {
    CompletableFuture<Void> reached = new CompletableFuture<>();
    writer.add(new JournalItem.Barrier(() -> reached.complete(null)));
    reached.get(10, TimeUnit.SECONDS);
  }

  @Test
  void writesWhatWaitsInOneTransaction() throws Exception {
    writer.add(request(1));
    writer.add(request(2));
    writer.start();
    awaitWriting();

    assertThat(store.batches()).hasSize(1);
    assertThat(store.ids()).containsExactly(Scene.id(1), Scene.id(2));
    assertThat(writer.written()).isEqualTo(2);
    assertThat(settled).hasSize(2);
    writer.stop();
  }

  @Test
  void passesABarrierOnlyWhenWhatIsBeforeItIsWritten() throws Exception {
    writer.start();
    for (int i = 0; i < 100; i++) {
      writer.add(request(i));
      CompletableFuture<Boolean> isThere = new CompletableFuture<>();
      String id = Scene.id(i);
      writer.add(new JournalItem.Barrier(() -> isThere.complete(store.ids().contains(id))));
      assertThat(isThere.get(10, TimeUnit.SECONDS)).isTrue();
    }
    writer.stop();
  }

  @Test
  void triesABatchAgain() throws Exception {
    store.failNext(3);
    writer.add(request(1));
    writer.start();
    awaitWriting();

    assertThat(store.ids()).containsExactly(Scene.id(1));
    assertThat(writer.lost()).isZero();
    writer.stop();
  }

  @Test
  void countsWhatItLosesAndHoldsNobodyUpWhileTheStoreStaysAway() throws Exception {
    store.failNext(6);
    writer.add(request(1));
    writer.start();
    awaitWriting(); // Five tries, then the batch is given up.
    writer.add(request(2));
    awaitWriting(); // One try.
    writer.add(request(3));
    awaitWriting(); // It is back.

    assertThat(writer.lost()).isEqualTo(2);
    assertThat(writer.written()).isEqualTo(1);
    assertThat(store.ids()).containsExactly(Scene.id(3));
    assertThat(settled).hasSize(3);
    writer.stop();
  }

  @Test
  void losesOnlyTheStoryThatCannotBeTold() throws Exception {
    writer.add(
        new JournalItem.Ended(
            Scene.id(1),
            () -> {
              throw new IllegalStateException("a bug");
            }));
    writer.add(request(2));
    writer.start();
    awaitWriting();

    assertThat(store.ids()).containsExactly(Scene.id(2));
    assertThat(writer.lost()).isEqualTo(1);
    assertThat(settled).containsExactly(Scene.id(1), Scene.id(2));
    writer.stop();
  }

  @Test
  void doesNotTryToOpenWithEveryBatch() throws Exception {
    JournalWriter patient =
        new JournalWriter(store::open, Duration.ZERO, Duration.ofMillis(1), ticker, settled::add);
    store.failToOpen(1_000);
    patient.start();
    for (int i = 0; i < 20; i++) {
      CompletableFuture<Void> reached = new CompletableFuture<>();
      patient.add(request(i));
      patient.add(new JournalItem.Barrier(() -> reached.complete(null)));
      reached.get(10, TimeUnit.SECONDS);
    }

    assertThat(patient.lost()).isEqualTo(20);
    assertThat(store.openings()).isEqualTo(1);
    patient.stop();
  }

  @Test
  void opensTheStoreLaterWhenItCannotBeOpenedAtOnce() throws Exception {
    store.failToOpen(2);
    writer.add(request(1));
    writer.start();
    awaitWriting();

    assertThat(store.ids()).containsExactly(Scene.id(1));
    writer.stop();
  }

  @Test
  void countsWhatFindsTheQueueFull() {
    for (int i = 0; i < JournalWriter.QUEUE_CAPACITY + 7; i++) {
      writer.add(request(i));
    }
    assertThat(writer.lost()).isEqualTo(7);
    assertThat(writer.waiting()).isEqualTo(JournalWriter.QUEUE_CAPACITY);
    assertThat(settled).hasSize(7);
  }

  @Test
  void passesABarrierThatFindsTheQueueFull() {
    for (int i = 0; i < JournalWriter.QUEUE_CAPACITY; i++) {
      writer.add(request(i));
    }
    CompletableFuture<Void> reached = new CompletableFuture<>();
    writer.add(new JournalItem.Barrier(() -> reached.complete(null)));
    assertThat(reached).isCompleted();
  }

  @Test
  void keepsNoMoreContentsWaitingThanItsLimit() {
    byte[] large = new byte[Math.toIntExact(JournalWriter.MAX_CONTENTS_WAITING / 4)];
    for (int i = 0; i < 6; i++) {
      writer.add(new JournalItem.Said(new ContentsRow(Scene.id(i), large, new byte[0], false)));
    }
    assertThat(writer.waiting()).isEqualTo(4);
    assertThat(writer.lost()).isEqualTo(2);
  }

  @Test
  void writesWhatWaitsBeforeItStops() {
    writer.start();
    for (int i = 0; i < 5_000; i++) {
      writer.add(request(i));
    }
    writer.stop();
    assertThat(store.ids()).hasSize(5_000);
    assertThat(store.isClosed()).isTrue();
  }
}
