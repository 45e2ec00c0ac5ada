package com.langdock.reliability.bench.part;

import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.gateway.journal.store.AttemptRow;
import com.langdock.reliability.gateway.journal.store.Cost;
import com.langdock.reliability.gateway.journal.store.JournalBatch;
import com.langdock.reliability.gateway.journal.store.JournalEntry;
import com.langdock.reliability.gateway.journal.store.JournalStore;
import com.langdock.reliability.gateway.journal.store.JournalStores;
import com.langdock.reliability.gateway.journal.store.RequestOutcome;
import com.langdock.reliability.gateway.journal.store.RequestRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The row of a request in SQLite, of batches of 512 as a busy gateway writes them: requests end in
 * another order than they begin.
 */
@State(Scope.Thread)
public class JournalBench {
  private static final int BATCH = 512;
  private static final long BEGAN = 1_700_000_000_000L;

  /** Requests that begin in one millisecond. */
  private static final int RATE = 20;

  /** How many others may end between a request's begin and its end. */
  private static final int IN_FLIGHT = 64;

  private static final Ticker TICKER =
      new Ticker() {
        @Override
        public long nanos() {
          return 0;
        }

        @Override
        public long unixMillis() {
          return BEGAN;
        }
      };

  private final SplittableRandom random = new SplittableRandom(1);
  private final int[] inFlight = IntStream.range(0, IN_FLIGHT).toArray();
  private @Nullable Opened opened;
  private int begun = IN_FLIGHT;

  /** Whether requests have client keys. */
  @Param({"false", "true"})
  public boolean keys;

  private record Opened(Path folder, JournalStore store) {}

  /** An empty journal. */
  @Setup(Level.Iteration)
  public void open() throws IOException, SQLException {
    Path folder = Files.createTempDirectory("bench");
    opened = new Opened(folder, JournalStores.sqlite(folder.resolve("journal.db"), false, TICKER));
  }

  /** Removes it. */
  @TearDown(Level.Iteration)
  public void close() throws IOException {
    Opened last = Objects.requireNonNull(opened);
    last.store().close();
    try (var files = Files.list(last.folder())) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(last.folder());
  }

  /** One batch; what is measured is a row of it. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public void write() throws SQLException {
    List<JournalEntry> entries = new ArrayList<>(BATCH);
    for (int i = 0; i < BATCH; i++) {
      entries.add(entry(nextToEnd()));
    }
    Objects.requireNonNull(opened).store().write(new JournalBatch(entries, List.of(), List.of()));
  }

  private int nextToEnd() {
    int place = random.nextInt(IN_FLIGHT);
    int ended = inFlight[place];
    inFlight[place] = begun++;
    return ended;
  }

  private JournalEntry entry(int number) {
    long startedAt = BEGAN + number / RATE;
    RequestRow.Key key =
        keys ? new RequestRow.Key("key:search-service", "search", "{\"stage\":\"test\"}") : null;
    Cost cost = new Cost(new Usage(200, 0, 82), 1_056_000_000L);
    return new JournalEntry(
        new RequestRow(
            new RequestRow.Ids("req_%d_%08x".formatted(startedAt, number), null, null, null, key),
            new RequestRow.Asked("gpt-4.1", false),
            new RequestRow.Times(startedAt, 1_100 + number % 1_000, null),
            new RequestRow.Result(RequestOutcome.SUCCESS, null, null),
            Samples.GPT,
            1,
            cost),
        List.of(
            new AttemptRow(
                1,
                Samples.GPT,
                false,
                new AttemptRow.Times(60, 1_000 + number % 1_000, null),
                AttemptRow.Result.success(),
                cost)),
        List.of());
  }
}
