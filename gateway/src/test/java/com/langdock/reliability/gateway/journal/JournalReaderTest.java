package com.langdock.reliability.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.gateway.journal.JournalState.Counts;
import com.langdock.reliability.gateway.journal.JournalState.Status;
import com.langdock.reliability.gateway.telemetry.ManualTicker;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

final class JournalReaderTest {
  private static final int ROOM = 2;

  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private final JournalReader reader =
      new JournalReader(
          () -> null,
          () -> new JournalState(Status.OPENING, 0, null, new Counts(0, 0, 0, 0, 0, 0)),
          Map.of(),
          new ManualTicker(),
          this::take);

  private void take(Runnable question) {
    if (waiting.size() == ROOM) {
      throw new RejectedExecutionException();
    }
    waiting.add(question);
  }

  @Test
  void answersOnItsOwnThreads() {
    CompletableFuture<String> answer = reader.submit(asked -> "found");
    assertThat(answer).isNotDone();
    waiting.remove().run();
    assertThat(answer).isCompletedWithValue("found");
  }

  @Test
  void rejectsAtOnceWhenItsQueueIsFull() {
    CompletableFuture<String> first = reader.submit(asked -> "1");
    CompletableFuture<String> second = reader.submit(asked -> "2");
    CompletableFuture<String> third = reader.submit(asked -> "3");
    assertThat(first).isNotDone();
    assertThat(second).isNotDone();
    assertThat(third.exceptionNow()).isInstanceOf(JournalBusyException.class);
  }

  @Test
  void failsWithTheExceptionOfTheQuery() {
    CompletableFuture<String> answer =
        reader.submit(asked -> {
          throw new SQLException("away");
        });
    waiting.remove().run();
    assertThat(answer.exceptionNow()).isInstanceOf(SQLException.class).hasMessage("away");
  }

  @Test
  void hasTheDocumentedThreadsAndQueue() {
    var pool = JournalThreads.readerPool();
    try {
      assertThat(pool.getMaximumPoolSize()).isEqualTo(2);
      assertThat(pool.getQueue().remainingCapacity()).isEqualTo(16);
    } finally {
      pool.shutdownNow();
    }
  }
}
