package com.langdock.reliability.gateway.journal.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.quota.UsageTotal.Sums;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Several processes write into one PostgreSQL at once. */
@Tag("e2e")
final class WritersTest {
  @RegisterExtension private static final TestJournal JOURNAL = new TestJournal();

  private static final int WRITERS = 10;
  private static final int BATCHES = 100;
  private static final List<String> PERIODS = List.of("2027-01-31", "2027-01", "total");
  private static final List<String> SUBJECTS = List.of("all", "key:a", "model:m", "team:t");

  /** Ten write the same subjects, names and changes of breakers, each in another order. */
  @Test
  void tenWritersOfTheSameSubjectsNeverDeadlockAndSumsAreExact() throws Exception {
    JournalStore first = JOURNAL.open(Databases.POSTGRES);
    String url = JOURNAL.database().url();
    CyclicBarrier together = new CyclicBarrier(WRITERS);
    try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS + 1)) {
      List<Future<?>> writers = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        int number = i;
        writers.add(threads.submit(() -> write(number, url, together)));
      }
      writers.add(
          threads.submit(() -> {
            for (int i = 0; i < 20; i++) {
              boolean _ = first.foldEnded();
              first.createDays();
              Thread.sleep(50);
            }
            return null;
          }));
      for (Future<?> writer : writers) {
        writer.get();
      }
    }
    long each = IntStream.rangeClosed(1, BATCHES).sum();
    assertThat(first.usage(PERIODS))
        .hasSize(SUBJECTS.size() * PERIODS.size())
        .allMatch(row -> row.sums().nanodollars() == WRITERS * each)
        .allMatch(row -> row.sums().requests() == WRITERS * BATCHES);
    assertThat(
            JOURNAL
                .database()
                .number("select deadlocks from pg_stat_database where datname = 'postgres'"))
        .isZero();
    assertThat(first.requests(RequestFilter.newest(2_000))).hasSize(WRITERS * BATCHES);
    assertThat(first.breakerChanges(0, BATCHES * 8L)).hasSize(BATCHES * 8);
  }

  private static Void write(int writer, String url, CyclicBarrier together) throws Exception {
    Random random = new Random(writer);
    long spent = 0;
    try (JournalStore store = Databases.POSTGRES.at(url)) {
      for (int batch = 1; batch <= BATCHES; batch++) {
        spent += batch;
        List<UsageRow> totals = new ArrayList<>();
        for (String subject : SUBJECTS) {
          for (String period : PERIODS) {
            totals.add(new UsageRow(subject, period, new Sums(batch, 0, 0, 0, spent), 0, 0, 0));
          }
        }
        Collections.shuffle(totals, random);
        List<BreakerRow> changes = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
          changes.add(new BreakerRow((batch - 1) * 8L + i, "openai", "closed", "open", "failures"));
        }
        Collections.shuffle(changes, random);
        List<JournalEntry> entries =
            List.of(Entries.answered(writer * BATCHES + batch, "team-" + batch, null, false));
        JournalBatch rows =
            new JournalBatch(
                entries, List.of(), changes, new UsagePart("r" + writer, totals, List.of()));
        together.await(30, TimeUnit.SECONDS);
        store.write(rows);
        if (random.nextInt(5) == 0) {
          store.write(rows); // As after an answer that was lost.
        }
      }
    }
    return null;
  }
}
