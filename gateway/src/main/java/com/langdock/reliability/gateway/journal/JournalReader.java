package com.langdock.reliability.gateway.journal;

import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.gateway.journal.store.BreakerRow;
import com.langdock.reliability.gateway.journal.store.DayRow;
import com.langdock.reliability.gateway.journal.store.JournalEntry;
import com.langdock.reliability.gateway.journal.store.JournalStore;
import com.langdock.reliability.gateway.journal.store.ReplicaRow;
import com.langdock.reliability.gateway.journal.store.RequestFilter;
import com.langdock.reliability.gateway.journal.store.RequestOutcome;
import com.langdock.reliability.gateway.journal.store.RequestRow;
import com.langdock.reliability.gateway.journal.store.UsageQuery;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds requests: those not written yet, in memory, and the others, in the store. */
public final class JournalReader {
  private final Supplier<@Nullable JournalStore> store;
  private final Supplier<JournalState> state;
  private final Map<String, RequestRecorder> unwritten;
  private final Ticker ticker;
  private final Executor threads;

  /** A reader that reads on {@code threads}, which reject work beyond their capacity. */
  JournalReader(
      Supplier<@Nullable JournalStore> store,
      Supplier<JournalState> state,
      Map<String, RequestRecorder> unwritten,
      Ticker ticker,
      Executor threads) {
    this.store = store;
    this.state = state;
    this.unwritten = unwritten;
    this.ticker = ticker;
    this.threads = threads;
  }

  /** The state of the journal; does not block. */
  public JournalState state() {
    return state.get();
  }

  /** A read of the journal. */
  @FunctionalInterface
  public interface Query<T> {
    /** Runs the query; may block for some seconds. */
    T ask(JournalReader reader) throws SQLException;
  }

  /**
   * Runs {@code query} on a thread that serves readers of the journal only; the future completes
   * there. It fails with {@link JournalBusyException} at once when too many queries are waiting,
   * and with {@link SQLException} when the store cannot be read.
   */
  public <T> CompletableFuture<T> submit(Query<T> query) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    try {
      threads.execute(() -> {
        try {
          answer.complete(query.ask(this));
        } catch (Throwable failed) {
          answer.completeExceptionally(failed);
        }
      });
    } catch (RejectedExecutionException full) {
      answer.completeExceptionally(new JournalBusyException());
    }
    return answer;
  }

  /**
   * The requests of a filter, newest first; may block.
   *
   * @throws SQLException when the store cannot be read
   */
  public List<RequestRow> requests(RequestFilter filter) throws SQLException {
    long now = ticker.nanos();
    List<RequestRow> inMemory = // First: what is written meanwhile is in the store by then.
        unwritten.values().stream()
            .map(recorder -> recorder.entry(now))
            .filter(filter::matches)
            .map(JournalEntry::request)
            .toList();
    return Stream.concat(inMemory.stream(), ended(filter).stream())
        .collect(Collectors.toMap(RequestRow::requestId, row -> row, (memory, written) -> written))
        .values()
        .stream()
        .sorted(Comparator.comparing(RequestRow::requestId).reversed())
        .limit(filter.limit())
        .toList();
  }

  private List<RequestRow> ended(RequestFilter filter) throws SQLException {
    JournalStore opened = store.get();
    boolean wanted = filter.outcome() != RequestOutcome.IN_PROGRESS;
    return opened == null || !wanted ? List.of() : opened.requests(filter);
  }

  /**
   * A request, empty when there is none of that id; may block.
   *
   * @throws SQLException when the store cannot be read
   */
  public Optional<JournalEntry> request(String requestId) throws SQLException {
    RequestRecorder recorder = unwritten.get(requestId);
    if (recorder != null) {
      return Optional.of(recorder.entry(ticker.nanos()));
    }
    JournalStore opened = store.get();
    return opened == null ? Optional.empty() : opened.request(requestId);
  }

  /**
   * A report of usage; may block.
   *
   * @throws SQLException when the store cannot be read
   */
  public List<DayRow> usageDays(UsageQuery query) throws SQLException {
    JournalStore opened = store.get();
    return opened == null ? List.of() : opened.usageDays(query);
  }

  /**
   * The processes that share the store; may block.
   *
   * @throws SQLException when the store cannot be read
   */
  public List<ReplicaRow> replicas() throws SQLException {
    JournalStore opened = store.get();
    return opened == null ? List.of() : opened.replicas();
  }

  /**
   * The changes of breakers while a request ran; may block.
   *
   * @throws SQLException when the store cannot be read
   */
  public List<BreakerRow> breakerChanges(RequestRow request) throws SQLException {
    JournalStore opened = store.get();
    long end = request.times().startedAt() + request.times().latencyMicros() / 1_000 + 1;
    return opened == null ? List.of() : opened.breakerChanges(request.times().startedAt(), end);
  }
}
