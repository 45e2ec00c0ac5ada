package com.langdock.reliability.bench.part;

import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.core.session.SessionListener;
import com.langdock.reliability.gateway.journal.Journal;
import com.langdock.reliability.gateway.journal.JournalRules;
import com.langdock.reliability.gateway.journal.store.JournalStores;
import com.langdock.reliability.gateway.telemetry.Observability;
import com.langdock.reliability.gateway.telemetry.RequestInfo;
import com.langdock.reliability.gateway.telemetry.RequestObserver;
import com.langdock.reliability.gateway.telemetry.RequestStart;
import com.langdock.reliability.gateway.telemetry.RequestWatcher;
import com.langdock.reliability.gateway.telemetry.log.LogFormat;
import com.langdock.reliability.gateway.telemetry.log.LogSetup;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * What is recorded of requests. Lines go nowhere and rows to a file, both by threads of their own,
 * whose time is not the request's.
 */
final class Recording implements AutoCloseable {
  private static final Ticker TICKER =
      new Ticker() {
        @Override
        public long nanos() {
          return 0;
        }

        @Override
        public long unixMillis() {
          return 1_700_000_000_000L;
        }
      };

  private final @Nullable RequestWatcher watcher;
  private final @Nullable LogSetup log;
  private final @Nullable Journal journal;
  private int number;

  private Recording(
      @Nullable RequestWatcher watcher, @Nullable LogSetup log, @Nullable Journal journal) {
    this.watcher = watcher;
    this.log = log;
    this.journal = journal;
  }

  static Recording of(SessionBench.Kept kept) {
    return switch (kept) {
      case NOTHING -> new Recording(null, null, null);
      case METERS -> new Recording(observing(null), logging(Level.ERROR), null);
      case METERS_AND_LOG -> new Recording(observing(null), logging(Level.INFO), null);
      case ALL -> {
        Journal journal = journal();
        yield new Recording(observing(journal), logging(Level.INFO), journal);
      }
    };
  }

  private static RequestWatcher observing(@Nullable Journal journal) {
    Observability observability =
        new Observability(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT), TICKER, List.of());
    RequestWatcher meters = observability.meters(List.of(Samples.GPT), Samples.MODELS);
    return observability.requests(
        journal == null ? List.of(meters) : List.of(meters, start -> observer(journal)));
  }

  private static RequestObserver observer(Journal journal) {
    return new RequestObserver() {
      @Override
      public SessionListener began(RequestInfo request) {
        return journal.started(request, Samples.MODELS);
      }
    };
  }

  private static LogSetup logging(Level level) {
    PrintStream console = System.out;
    System.setOut(new PrintStream(OutputStream.nullOutputStream(), false));
    try {
      return LogSetup.start(level, LogFormat.JSON);
    } finally {
      System.setOut(console);
    }
  }

  private static Journal journal() {
    try {
      Path file = Files.createTempDirectory("bench").resolve("journal.db");
      Journal journal =
          new Journal(
              () -> JournalStores.sqlite(file, false, TICKER),
              new JournalRules(false, Duration.ofDays(1), Long.MAX_VALUE),
              TICKER);
      journal.start();
      return journal;
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  /** Who listens to a request that begins at {@code now}. */
  SessionListener listener(long now) {
    String id = "req_1700000000000_" + number++;
    return watcher == null
        ? (event, at) -> {}
        : watcher
            .observe(new RequestStart(id, null, now, 1_700_000_000_000L, null))
            .began(
                new RequestInfo(
                    id,
                    null,
                    RequestInfo.Client.UNKNOWN,
                    "gpt-4",
                    false,
                    now,
                    1_700_000_000_000L,
                    null));
  }

  @Override
  public void close() {
    if (journal != null) {
      journal.close();
    }
    if (log != null) {
      log.close();
    }
  }
}
