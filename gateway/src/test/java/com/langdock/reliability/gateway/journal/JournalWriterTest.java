package com.langdock.reliability.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.gateway.journal.JournalState.Status;
import com.langdock.reliability.gateway.journal.JournalWriter.Times;
import com.langdock.reliability.gateway.journal.JournalWriter.Work;
import com.langdock.reliability.gateway.journal.store.ContentsRow;
import com.langdock.reliability.gateway.journal.store.JournalEntry;
import com.langdock.reliability.gateway.journal.store.RequestOutcome;
import com.langdock.reliability.gateway.telemetry.ManualTicker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The writer with a store in memory and a clock that its own pauses turn; on one thread. */
final class JournalWriterTest {
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration SLOW = Duration.ofSeconds(3);

  private final MemoryStore store = new MemoryStore();
  private final List<String> settled = new ArrayList<>();
  private final ManualTicker ticker = new ManualTicker();
  private final JournalWriter writer =
      new JournalWriter(
          new StoreConnection(store::open, PAUSE, ticker),
          new Times(Duration.ZERO, PAUSE),
          ticker,
          ticker::advance,
          new BatchWriter.Recorded(UsageSource.NONE, true, settled::add));

  private static JournalItem request(int number) {
    JournalEntry entry = Scene.ended(number, RequestOutcome.SUCCESS);
    return new JournalItem.Ended(Scene.id(number), () -> entry);
  }

  private void add(int from, int to) {
    for (int number = from; number < to; number++) {
      writer.add(request(number));
    }
  }

  private JournalState state() {
    return writer.state(SLOW);
  }

  private JournalState.Counts counts() {
    return state().counts();
  }

  @Test
  void writesWhatWaitsInOneTransaction() {
    add(1, 3);
    writer.step(Work.NEXT);

    assertThat(store.batches()).hasSize(1);
    assertThat(store.ids()).containsExactly(Scene.id(1), Scene.id(2));
    assertThat(counts().written()).isEqualTo(2);
    assertThat(counts().lastWrittenAt()).isEqualTo(ticker.unixMillis());
    assertThat(settled).hasSize(2);
  }

  @Test
  void runsABarrierOnlyWhenEverythingBeforeItIsWritten() {
    List<Boolean> there = new ArrayList<>();
    writer.add(request(1));
    writer.add(new JournalItem.Barrier(() -> there.add(store.ids().contains(Scene.id(1)))));
    writer.step(Work.NEXT);
    assertThat(there).containsExactly(true);
  }

  @Test
  void runsOtherBarriersWhenOneThrows() {
    List<String> passed = new ArrayList<>();
    writer.add(
        new JournalItem.Barrier(() -> {
          throw new IllegalStateException("the event loop has ended");
        }));
    writer.add(
        new JournalItem.Barrier(() -> {
          throw new StackOverflowError();
        }));
    writer.add(new JournalItem.Barrier(() -> passed.add("third")));
    writer.step(Work.NEXT);
    assertThat(passed).containsExactly("third");
  }

  @Test
  void losesOnlyTheEntryThatCannotBeMade() {
    writer.add(
        new JournalItem.Ended(
            Scene.id(1),
            () -> {
              throw new StackOverflowError();
            }));
    writer.add(request(2));
    writer.step(Work.NEXT);

    assertThat(store.ids()).containsExactly(Scene.id(2));
    assertThat(counts().lost()).isEqualTo(1);
    assertThat(settled).containsExactly(Scene.id(1), Scene.id(2));
  }

  @Test
  void survivesAnErrorAndCountsTheBatchAsLost() {
    store.beforeWrite =
        batch -> {
          throw new OutOfMemoryError("a test");
        };
    add(1, 3);
    writer.step(Work.NEXT);
    store.beforeWrite = batch -> {};
    add(3, 4);
    writer.step(Work.NEXT);

    assertThat(counts().lost()).isEqualTo(2);
    assertThat(store.ids()).containsExactly(Scene.id(3));
    assertThat(settled).hasSize(3);
  }

  @Nested
  class WhenTheStoreIsAway {
    @Test
    void triesABatchAgainUntilItIsBack() {
      store.failures = 60;
      add(1, 2);
      writer.step(Work.NEXT);

      assertThat(store.ids()).containsExactly(Scene.id(1));
      assertThat(counts().lost()).isZero();
      assertThat(ticker.nanos()).isEqualTo(Duration.ofSeconds(60).toNanos());
      assertThat(state().status()).isEqualTo(Status.OPEN);
    }

    @Test
    void keepsTheNewestWhenItsQueueFillsUp() {
      store.failures = 6;
      store.beforeWrite = batch -> {};
      add(0, 4_096 + JournalQueue.CAPACITY / 2 + 1);
      writer.step(Work.NEXT); // Five tries, then this batch is given up.
      assertThat(counts().lost()).isEqualTo(4_096);
      assertThat(store.checks).isEqualTo(5);
      assertThat(state().status()).isEqualTo(Status.AWAY);

      while (counts().waiting() > 0) {
        writer.step(Work.NEXT);
      }
      assertThat(counts().written()).isEqualTo(JournalQueue.CAPACITY / 2 + 1);
      assertThat(counts().lost()).isEqualTo(4_096);
    }

    @Test
    void reportsSinceWhenAndWhy() {
      ticker.advance(Duration.ofSeconds(7));
      long since = ticker.unixMillis();
      store.failuresToOpen = 1;
      writer.step(Work.OPEN);
      assertThat(state().status()).isEqualTo(Status.AWAY);
      assertThat(state().since()).isEqualTo(since);
      assertThat(state().reason()).isEqualTo("IllegalStateException: not yet");
    }

    @Test
    void doesNotTryToOpenWithEveryBatch() {
      store.failuresToOpen = 1_000;
      writer.step(Work.OPEN);
      for (int i = 0; i < 20; i++) {
        writer.step(Work.OPEN);
      }
      assertThat(store.openings).isEqualTo(1);
      ticker.advance(PAUSE);
      writer.step(Work.OPEN);
      writer.step(Work.OPEN);
      assertThat(store.openings).isEqualTo(2);
    }

    @Test
    void opensTheStoreAtStartAndLaterWhenItCannotBeOpenedAtOnce() {
      assertThat(state().status()).isEqualTo(Status.OPENING);
      store.failuresToOpen = 2;
      writer.step(Work.OPEN);
      assertThat(writer.store()).isNull();
      add(1, 2);
      writer.step(Work.NEXT);
      assertThat(store.ids()).containsExactly(Scene.id(1));
      assertThat(writer.store()).isSameAs(store);
    }

    @Test
    void startsANewFileWhenTheOldOneIsGone() {
      writer.step(Work.OPEN);
      store.gone = true;
      add(1, 2);
      writer.step(Work.NEXT);
      assertThat(store.openings).isEqualTo(2);
      assertThat(store.ids()).containsExactly(Scene.id(1));
      assertThat(counts().lost()).isZero();
    }
  }

  @Nested
  class WhenTheDatabaseHangs {
    @Test
    void reportsThatItIsStalled() {
      writer.step(Work.OPEN);
      List<JournalState> seen = new ArrayList<>();
      store.beforeWrite =
          batch -> {
            ticker.advance(Duration.ofSeconds(2));
            assertThat(writer.isStalledFor(Duration.ofSeconds(2))).isFalse();
            seen.add(state());
            ticker.advance(Duration.ofSeconds(2));
            assertThat(writer.isStalledFor(Duration.ofSeconds(2))).isTrue();
            seen.add(state());
          };
      long before = ticker.unixMillis();
      add(1, 2);
      writer.step(Work.NEXT);

      assertThat(seen)
          .extracting(JournalState::status)
          .containsExactly(Status.OPEN, Status.STALLED);
      assertThat(seen.getLast().since()).isEqualTo(before);
      assertThat(seen.getLast().reason()).isEqualTo("the database has not answered for 4 s");
      assertThat(state().status()).isEqualTo(Status.OPEN);
      assertThat(writer.isStalledFor(Duration.ZERO)).isFalse();
    }
  }

  @Nested
  class WhenTheDatabaseRefusesARow {
    @Test
    void writesAllOthersAndCountsIt() {
      store.poison = Scene.id(700);
      add(1, 1_001);
      writer.step(Work.NEXT);

      assertThat(store.ids()).hasSize(999).doesNotContain(Scene.id(700));
      assertThat(counts().written()).isEqualTo(999);
      assertThat(counts().refused()).isEqualTo(1);
      assertThat(counts().lost()).isEqualTo(1);
      assertThat(settled).hasSize(1_000);
      assertThat(state().status()).isEqualTo(Status.OPEN);
    }

    @Test
    void continuesWithTheRestWhenTheStoreFailsMeanwhile() {
      store.poison = Scene.id(3);
      List<Integer> sizes = new ArrayList<>();
      store.beforeWrite =
          batch -> {
            sizes.add(batch.size());
            store.failures = sizes.size() == 4 ? 1 : 0;
          };
      add(0, 8);
      writer.step(Work.NEXT);
      assertThat(store.ids()).hasSize(7);
      assertThat(counts().written()).isEqualTo(7);
      assertThat(counts().lost()).isEqualTo(1);
    }
  }

  @Nested
  class WhenThereIsNoRoom {
    @Test
    void countsItemsThatDoNotFitTheQueue() {
      add(0, JournalQueue.CAPACITY + 7);
      assertThat(counts().lost()).isEqualTo(7);
      assertThat(counts().waiting()).isEqualTo(JournalQueue.CAPACITY);
      assertThat(settled).hasSize(7);
    }

    @Test
    void runsABarrierAtOnce() {
      add(0, JournalQueue.CAPACITY);
      List<String> passed = new ArrayList<>();
      writer.add(new JournalItem.Barrier(() -> passed.add("at once")));
      assertThat(passed).hasSize(1);
    }

    @Test
    void keepsNoMoreContentsThanItsLimitUntilTheyAreWritten() {
      byte[] large = new byte[Math.toIntExact(JournalQueue.MAX_CONTENTS / 4)];
      for (int i = 0; i < 6; i++) {
        writer.add(
            new JournalItem.Contents(new ContentsRow(Scene.id(i), large, new byte[0], false)));
      }
      assertThat(counts().waiting()).isEqualTo(4);
      assertThat(counts().lost()).isEqualTo(2);
      store.beforeWrite =
          batch ->
              writer.add(
                  new JournalItem.Contents(
                      new ContentsRow(Scene.id(9), large, new byte[0], false)));
      writer.step(Work.NEXT);
      assertThat(counts().lost()).isEqualTo(3);
      store.beforeWrite = batch -> {};
      writer.add(new JournalItem.Contents(new ContentsRow(Scene.id(9), large, new byte[0], false)));
      assertThat(counts().lost()).isEqualTo(3);
    }
  }

  @Nested
  class WhenItStops {
    @Test
    void writesWhatWaits() {
      writer.start();
      add(0, 5_000);
      writer.stop();
      assertThat(store.ids()).hasSize(5_000);
      assertThat(store.closed).isTrue();
    }

    @Test
    void countsWhatItCannotWriteAndRunsBarriers() {
      add(0, 3);
      List<String> passed = new ArrayList<>();
      writer.add(new JournalItem.Barrier(() -> passed.add("when it stopped")));
      writer.stop(); // It was never started.
      assertThat(counts().lost()).isEqualTo(3);
      assertThat(passed).hasSize(1);
      assertThat(settled).hasSize(3);
    }

    @Test
    void triesABatchOnlyOnceMore() {
      store.failures = 1_000;
      writer.start();
      add(0, 3);
      writer.stop();
      assertThat(counts().lost() + counts().written()).isEqualTo(3);
      assertThat(settled).hasSize(3);
    }
  }
}
