package com.langdock.reliability.gateway.journal.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.quota.UsageTotal.Sums;
import com.langdock.reliability.gateway.journal.store.UsageQuery.By;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Totals of usage, on both databases. */
@Tag("e2e")
final class UsageStoreTest {
  @RegisterExtension private static final TestJournal JOURNAL = new TestJournal();

  private static final List<String> PERIODS = List.of("2027-01-31", "2027-01", "total");

  private static JournalBatch batch(UsagePart usage) {
    return new JournalBatch(List.of(), List.of(), List.of(), usage);
  }

  private static UsageRow row(String subject, String period, long amount) {
    Sums sums = new Sums(amount, 2 * amount, amount, 3 * amount, 7 * amount);
    return new UsageRow(subject, period, sums, 0, amount, 2 * amount);
  }

  /** Writes are repeated and interleaved at will; the last total of each process counts. */
  @ParameterizedTest
  @EnumSource
  void sumsAreExactHoweverOftenTotalsAreWritten(Databases database) throws Exception {
    JournalStore store = JOURNAL.open(database);
    for (long seed = 0; seed < 5; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      String subject = "key:k" + seed;
      Map<String, Long> totals = new HashMap<>();
      for (int step = 0; step < 30; step++) {
        String replica = "r" + random.nextInt(3);
        long total = totals.merge(replica, random.nextLong(1_000), Long::sum);
        List<UsageRow> rows = new ArrayList<>();
        PERIODS.forEach(period -> rows.add(row(subject, period, total)));
        Collections.shuffle(rows, new java.util.Random(seed));
        for (int times = random.nextInt(1, 3); times > 0; times--) {
          store.write(batch(new UsagePart(replica, rows, List.of())));
        }
      }
      long sum = totals.values().stream().mapToLong(Long::longValue).sum();
      assertThat(store.usage(PERIODS))
          .filteredOn(found -> found.subject().equals(subject))
          .as("seed %d", seed)
          .hasSize(3)
          .allMatch(found -> found.sums().equals(row(subject, "", sum).sums()));
    }
    assertThat(store.usage(List.of("2027-02"))).isEmpty();
    assertThat(store.credits(PERIODS)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void reportsAreGroupedAndOldUsageIsRemoved(Databases database) throws Exception {
    JournalStore store = JOURNAL.open(database);
    store.write(
        batch(
            new UsagePart(
                "r",
                List.of(row("all", "2025-01-01", 1), row("all", "total", 1)),
                List.of(
                    day("2027-01-30", "a", 1),
                    day("2027-01-30", "b", 2),
                    day("2027-01-31", "a", 4)))));
    assertThat(store.usageDays(new UsageQuery(List.of(By.KEY), "2027-01-01", "2027-01-31", 9)))
        .extracting(found -> found.names().key() + found.sums().requests())
        .containsExactly("a5", "b2");
    assertThat(store.usageDays(new UsageQuery(List.of(By.DAY), "2027-01-31", "2027-01-31", 9)))
        .extracting(found -> found.names().day() + " " + found.sums().requests())
        .containsExactly("2027-01-31 4");
    while (store.removeUsageBefore(LocalDate.of(2027, 1, 31), 1)) {}
    assertThat(store.usage(List.of("2025-01-01"))).isEmpty();
    assertThat(store.usage(List.of("total"))).hasSize(1);
    assertThat(store.usageDays(new UsageQuery(List.of(By.DAY), "2020-01-01", "2027-01-30", 9)))
        .isEmpty();
  }

  private static DayRow day(String day, String key, long requests) {
    return new DayRow(
        new DayRow.Names(day, key, "t", "m", "m", "openai", "", ""),
        new Sums(requests, 0, 0, 0, 0));
  }
}
