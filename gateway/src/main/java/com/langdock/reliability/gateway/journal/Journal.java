package com.langdock.reliability.gateway.journal;

import com.langdock.reliability.core.access.Caller;
import com.langdock.reliability.core.domain.Labels;
import com.langdock.reliability.core.domain.ModelCatalog;
import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.core.resilience.BreakerChange;
import com.langdock.reliability.core.resilience.BreakerListener;
import com.langdock.reliability.core.session.SessionListener;
import com.langdock.reliability.gateway.journal.store.BreakerRow;
import com.langdock.reliability.gateway.journal.store.ContentsRow;
import com.langdock.reliability.gateway.journal.store.Cost;
import com.langdock.reliability.gateway.journal.store.JournalEntry;
import com.langdock.reliability.gateway.journal.store.JournalStore;
import com.langdock.reliability.gateway.journal.store.RequestOutcome;
import com.langdock.reliability.gateway.journal.store.RequestRow;
import com.langdock.reliability.gateway.keys.store.GovernanceStore;
import com.langdock.reliability.gateway.telemetry.RequestInfo;
import com.langdock.reliability.gateway.telemetry.RequestObserver.Refusal;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records every request and every change of a breaker.
 *
 * <p>A request is kept in memory while it runs, and goes to the writer's queue when it has ended.
 * Thread-safe; nothing but {@link #close} blocks.
 */
public final class Journal implements BreakerListener, AutoCloseable {
  /** Bytes of a request, and of an answer, that are kept. */
  static final int MAX_KEPT = 256 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

  private final JournalWriter writer;
  private final Ticker ticker;

  /** Requests that run, and those that have ended and are not written yet. */
  private final Map<String, RequestRecorder> unwritten = new ConcurrentHashMap<>();

  private final Retention retention;
  private final JournalThreads threads;
  private final AtomicLong nextLateLine;

  /** A journal of requests alone that is not open yet; items wait until {@link #start}. */
  public Journal(StoreOpening store, JournalRules rules, Ticker ticker) {
    this(store, rules, UsageSource.NONE, ticker);
  }

  /**
   * A journal that is not open yet; items wait until {@link #start}.
   *
   * @param usage is written with the requests
   */
  public Journal(StoreOpening store, JournalRules rules, UsageSource usage, Ticker ticker) {
    StoreConnection connection = new StoreConnection(store, rules.times().pause(), ticker);
    this.writer =
        new JournalWriter(
            connection,
            rules.times(),
            ticker,
            Thread::sleep,
            new BatchWriter.Recorded(usage, rules.keepsRequests(), unwritten::remove));
    this.ticker = ticker;
    this.nextLateLine = new AtomicLong(ticker.nanos());
    this.retention = new Retention(writer::store, rules, ticker, Thread::sleep);
    this.threads = new JournalThreads(retention, new StallMonitor(this::state, ticker));
  }

  /** Requests are kept so long from now on. */
  public void keep(Duration time) {
    retention.keep(time);
  }

  /** Starts the threads that open the store, write, and remove old requests. */
  public void start() {
    writer.start();
    threads.start();
  }

  /** Opens a store, or throws. */
  @FunctionalInterface
  public interface StoreOpening {
    /** The store, its schema up to date. */
    JournalStore open() throws SQLException;
  }

  /**
   * A valid request begins; the returned listener accepts its session's events.
   *
   * @param models with their prices
   */
  public SessionListener started(RequestInfo request, ModelCatalog models) {
    String id = request.requestId();
    RequestRecorder recorder =
        new RequestRecorder(request, models, ended -> writer.add(new JournalItem.Ended(id, ended)));
    unwritten.put(id, recorder);
    return recorder;
  }

  /** A request of {@code caller} is not valid. */
  public void refused(Refusal refusal, Caller caller) {
    RequestRow row =
        new RequestRow(
            new RequestRow.Ids(
                refusal.requestId(),
                refusal.clientRequestId(),
                null,
                refusal.traceId(),
                CallerKey.of(caller)),
            new RequestRow.Asked(null, false),
            new RequestRow.Times(
                refusal.acceptedAtMillis(), TimeUnit.NANOSECONDS.toMicros(refusal.nanos()), null),
            new RequestRow.Result(RequestOutcome.INVALID, refusal.code(), refusal.param()),
            null,
            0,
            new Cost(Usage.NONE, null));
    JournalEntry entry = new JournalEntry(row, List.of(), List.of());
    writer.add(new JournalItem.Ended(refusal.requestId(), () -> entry));
  }

  @Override
  public void changed(BreakerChange change) {
    long ago = TimeUnit.NANOSECONDS.toMillis(ticker.nanos() - change.now());
    writer.add(
        new JournalItem.Changed(
            new BreakerRow(
                ticker.unixMillis() - ago,
                change.breaker(),
                Labels.of(change.from()),
                Labels.of(change.to()),
                change.why())));
  }

  /** Records the beginning of a request and of its answer. */
  public void recordContents(String requestId, byte[] request, byte[] answer) {
    boolean cut = request.length > MAX_KEPT || answer.length > MAX_KEPT;
    writer.add(
        new JournalItem.Contents(
            new ContentsRow(requestId, beginning(request), beginning(answer), cut)));
  }

  private static byte[] beginning(byte[] whole) {
    return whole.length > MAX_KEPT ? Arrays.copyOf(whole, MAX_KEPT) : whole;
  }

  /**
   * Runs {@code then} once every request that has ended by now is written or lost; on the writer's
   * thread, or on the caller's when the queue is full.
   */
  public void whenWritten(Runnable then) {
    writer.add(new JournalItem.Barrier(then));
  }

  /**
   * Whether a store that was open once has not accepted writes for longer than {@code time}: then
   * waiting for it is pointless.
   */
  public boolean isStalledFor(Duration time) {
    return writer.isStalledFor(time);
  }

  /** Counts an answer that went out before its row was written, and logs it at intervals. */
  public void answeredLate() {
    writer.answeredLate();
    long now = ticker.nanos();
    long next = nextLateLine.get();
    if (now - next >= 0 && nextLateLine.compareAndSet(next, now + BETWEEN_LINES.toNanos())) {
      LOG.atWarn()
          .addKeyValue("event", "journal_late")
          .log("answers go out before their rows are written: journal.sync_timeout has passed");
    }
  }

  /** Finds requests, running ones included. */
  public JournalReader reader() {
    return new JournalReader(writer::store, this::state, unwritten, ticker, threads.readers());
  }

  /** Keys, teams and credits in the same store; null while it is not open. */
  public @Nullable GovernanceStore governance() {
    JournalStore opened = writer.store();
    return opened == null ? null : opened.governance();
  }

  /** The current state. */
  public JournalState state() {
    return writer.state(JournalRules.STALLED_AFTER);
  }

  /** Writes what waits, for a few seconds at most. */
  @Override
  public void close() {
    threads.stop();
    writer.stop();
  }
}
