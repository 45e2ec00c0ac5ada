package com.langdock.reliability.gateway.journal.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.quota.CeilingGrant;
import com.langdock.reliability.core.quota.CeilingWant;
import com.langdock.reliability.core.quota.CeilingWant.Need;
import com.langdock.reliability.core.quota.Period;
import com.langdock.reliability.core.quota.SharedLedger;
import com.langdock.reliability.core.quota.Subject;
import com.langdock.reliability.core.quota.SubjectLimits;
import com.langdock.reliability.core.quota.UsageTotal;
import com.langdock.reliability.core.quota.UsageTotal.Sums;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Ceilings in PostgreSQL are granted as the ledger in memory grants them. */
@Tag("e2e")
final class CeilingTableTest {
  @RegisterExtension private static final TestJournal JOURNAL = new TestJournal();

  private static final String DAY = "2027-01-31";
  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

  private static CeilingTable table(String replica, long leaseNanos) {
    return JournalStores.ceilings(JOURNAL.database().url(), "postgres", "", replica, leaseNanos);
  }

  private static Need need(SplittableRandom random, long limit, long used) {
    return new Need(
        random.nextInt(5) == 0 ? SubjectLimits.UNLIMITED : limit,
        used,
        random.nextInt(3) == 0 ? random.nextLong(limit / 4) : 0,
        random.nextLong(limit));
  }

  /** What one process has used. */
  private static final class Used {
    private long requests;
    private long tokens;
    private long money;
    private int alerted;
  }

  /** Draws, writes and credits in any order; leases that run out by ended clocks. */
  @Test
  void grantsTheSameAsTheLedgerInMemory() throws Exception {
    JournalStore store = JOURNAL.open(Databases.POSTGRES);
    for (long seed = 0; seed < 6; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      SharedLedger ledger = new SharedLedger(1_000);
      Map<String, CeilingTable> tables = new TreeMap<>();
      Map<String, Used> used = new TreeMap<>();
      Subject subject = Subject.team("t" + seed);
      long limit = seed == 5 ? Long.MAX_VALUE / 2 : 1_000_000;
      long clock = 0;
      for (int step = 0; step < 150; step++) {
        String replica = "s" + seed + "r" + random.nextInt(4);
        Used own = used.computeIfAbsent(replica, created -> new Used());
        switch (random.nextInt(6)) {
          case 0 -> {
            own.requests += random.nextLong(100);
            own.tokens += random.nextLong(limit / 40);
            own.money += random.nextLong(limit / 40);
            write(store, ledger, replica, subject, own);
          }
          case 1 -> {
            if (random.nextInt(8) == 0) {
              clock += 1_001; // All leases run out, in the database too.
              JOURNAL.database().execute("update usage set alive_until = 1");
            }
          }
          case 2 -> {
            if (random.nextInt(8) == 0) {
              ledger.credit(subject, DAY, 5_000);
              JOURNAL
                  .database()
                  .execute(
                      "insert into credits (id, subject, period, nanodollars, reason, at, by_token)"
                          + " values ('%d-%d', '%s', '%s', 5000, '', 0, '')"
                              .formatted(seed, step, subject, DAY));
            }
          }
          default -> {
            CeilingWant want =
                new CeilingWant(
                    subject,
                    Period.DAY,
                    DAY,
                    need(random, 1_000, own.requests + random.nextLong(50)),
                    need(random, limit, own.tokens + random.nextLong(limit / 100)),
                    need(random, limit, own.money + random.nextLong(limit / 100)),
                    random.nextBoolean() ? List.of(500, 800, 1_000) : List.of());
            CeilingGrant expected = ledger.draw(replica, want, clock);
            CeilingTable table = tables.computeIfAbsent(replica, name -> table(name, 100 * MINUTE));
            assertThat(table.draw(List.of(want)))
                .as("seed %d, step %d", seed, step)
                .containsExactly(expected);
            own.alerted = Math.max(own.alerted, expected.alerts().now());
          }
        }
      }
      tables.values().forEach(CeilingTable::close);
    }
  }

  private static void write(
      JournalStore store, SharedLedger ledger, String replica, Subject subject, Used own)
      throws Exception {
    Sums sums = new Sums(own.requests, own.tokens / 2, 0, own.tokens - own.tokens / 2, own.money);
    ledger.write(
        replica,
        new UsageTotal(subject, Period.DAY, DAY, sums, own.alerted, UsageTotal.Buckets.FULL));
    store.write(
        new JournalBatch(
            List.of(),
            List.of(),
            List.of(),
            new UsagePart(
                replica,
                List.of(new UsageRow(subject.toString(), DAY, sums, own.alerted, 0, 0)),
                List.of())));
  }

  /** Ten processes draw for the same subjects at once, each in another order. */
  @Test
  void whatAllGetAtOnceIsWithinTheLimitAndNobodyDeadlocks() throws Exception {
    JournalStore store = JOURNAL.open(Databases.POSTGRES);
    long limit = 100_000;
    long[] granted = new long[2];
    try (ExecutorService threads = Executors.newFixedThreadPool(10)) {
      List<Future<long[]>> drawn = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        int number = i;
        drawn.add(threads.submit(() -> drawMuch("r" + number, number % 2 == 0, limit, store)));
      }
      for (Future<long[]> each : drawn) {
        granted[0] += each.get()[0];
        granted[1] += each.get()[1];
      }
    }
    assertThat(granted).containsExactly(limit, limit);
    assertThat(
            JOURNAL
                .database()
                .number("select deadlocks from pg_stat_database where datname = 'postgres'"))
        .isZero();
  }

  private static long[] drawMuch(String replica, boolean reverse, long limit, JournalStore store)
      throws Exception {
    long[] ceilings = new long[2];
    try (CeilingTable table = table(replica, MINUTE)) {
      for (int round = 0; round < 60; round++) {
        List<CeilingWant> wants = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
          Need none = new Need(SubjectLimits.UNLIMITED, 0, 0, 0);
          wants.add(
              new CeilingWant(
                  Subject.team("t" + i),
                  Period.DAY,
                  DAY,
                  none,
                  none,
                  new Need(limit, ceilings[i], 300, 0),
                  List.of()));
        }
        for (CeilingGrant grant : table.draw(reverse ? wants.reversed() : wants)) {
          ceilings[grant.want().subject().name().equals("t0") ? 0 : 1] += grant.money().amount();
        }
        List<UsageRow> rows = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
          Sums sums = new Sums(0, 0, 0, 0, ceilings[i]);
          rows.add(new UsageRow("team:t" + i, DAY, sums, 0, 0, 0));
        }
        store.write(
            new JournalBatch(
                List.of(), List.of(), List.of(), new UsagePart(replica, rows, List.of())));
      }
    }
    return ceilings;
  }
}
