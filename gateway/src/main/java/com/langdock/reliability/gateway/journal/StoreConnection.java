package com.langdock.reliability.gateway.journal;

import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.gateway.journal.JournalState.Status;
import com.langdock.reliability.gateway.journal.store.JournalStore;
import com.langdock.reliability.gateway.journal.store.RefusedBatchException;
import com.langdock.reliability.gateway.journal.store.StoreGoneException;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection to the store: opens it, reopens it when it is gone, and holds the reason why it is
 * away.
 *
 * <p>The writer's thread changes it; any thread reads it.
 */
final class StoreConnection {
  private static final Logger LOG = LoggerFactory.getLogger(StoreConnection.class);
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);
  private static final int LONGEST_PAUSE = 5;
  private static final int MAX_REASON = 300;
  private static final int MAX_CAUSES = 16;

  /** A status, since when, and why. */
  record Health(Status status, long since, @Nullable String reason) {}

  private final Journal.StoreOpening opening;
  private final Duration pause;
  private final Ticker ticker;
  private volatile Health health;
  private volatile @Nullable JournalStore store;

  // Only the writer's thread touches these.
  private int failedOpenings;
  private long nextOpening;
  private long nextLine;
  private boolean closed;

  /**
   * A connection that is not open.
   *
   * @param pause after a failed opening; it grows to five times that
   */
  StoreConnection(Journal.StoreOpening opening, Duration pause, Ticker ticker) {
    this.opening = opening;
    this.pause = pause;
    this.ticker = ticker;
    this.health = new Health(Status.OPENING, ticker.unixMillis(), null);
    this.nextOpening = ticker.nanos();
  }

  Health health() {
    return health;
  }

  /** The store, null while it is not open. */
  @Nullable JournalStore current() {
    return store;
  }

  boolean isAway() {
    return health.status() == Status.AWAY;
  }

  /** An operation on the store. */
  interface Use {
    void on(JournalStore store) throws SQLException;
  }

  /**
   * Opens the store if necessary and runs an operation on it; false when one of the two failed.
   *
   * @throws RefusedBatchException when the database works but refuses what was to be written
   */
  boolean use(Use use) throws RefusedBatchException {
    try {
      JournalStore opened = store == null ? open() : store;
      if (opened == null) {
        return false;
      }
      use.on(opened);
      back();
      return true;
    } catch (StoreGoneException gone) {
      away(gone);
      drop();
      return false;
    } catch (RefusedBatchException refused) {
      back();
      throw refused;
    } catch (SQLException | RuntimeException failed) {
      away(failed);
      return false;
    }
  }

  /** Checks that the store is open and there, and reopens it if not. */
  void check() {
    try {
      boolean _ = use(JournalStore::check);
    } catch (RefusedBatchException refused) {
      away(refused);
    }
  }

  /** Closes the store; it is not opened again. */
  synchronized void close() {
    closed = true;
    drop();
  }

  private @Nullable JournalStore open() throws SQLException {
    if (ticker.nanos() - nextOpening < 0) {
      return null; // Opening costs a thousand times what writing does.
    }
    try {
      JournalStore opened = opening.open();
      return keep(opened);
    } catch (SQLException | RuntimeException failed) {
      failedOpenings = Math.min(failedOpenings + 1, LONGEST_PAUSE);
      nextOpening = ticker.nanos() + pause.toNanos() * failedOpenings;
      throw failed;
    }
  }

  private synchronized @Nullable JournalStore keep(JournalStore opened) {
    if (closed) {
      opened.close();
      return null;
    }
    failedOpenings = 0;
    store = opened;
    return opened;
  }

  private synchronized void drop() {
    JournalStore opened = store;
    store = null;
    if (opened != null) {
      try {
        opened.close();
      } catch (RuntimeException problem) {
        LOG.debug("the journal's store could not be closed", problem);
      }
    }
  }

  private void back() {
    Health before = health;
    if (before.status() != Status.OPEN) {
      health = new Health(Status.OPEN, ticker.unixMillis(), null);
    }
    if (before.status() == Status.AWAY) {
      LOG.atInfo().addKeyValue("event", "journal_back").log("the journal can be written again");
    }
  }

  private void away(Throwable failed) {
    String reason = reason(failed);
    Health before = health;
    boolean again = before.status() == Status.AWAY;
    health = new Health(Status.AWAY, again ? before.since() : ticker.unixMillis(), reason);
    boolean told = again && reason.equals(before.reason());
    if (!told && (!again || ticker.nanos() - nextLine >= 0)) {
      nextLine = ticker.nanos() + BETWEEN_LINES.toNanos();
      LOG.atError()
          .addKeyValue("event", "journal_away")
          .addKeyValue("error", reason)
          .log("the journal cannot be written");
    }
  }

  /** The root cause, which a pool's own message hides. */
  static String reason(Throwable failed) {
    Throwable root = failed;
    for (int i = 0; i < MAX_CAUSES && root.getCause() != null; i++) {
      root = root.getCause();
    }
    String said = root.getMessage() == null ? "" : root.getMessage().strip().replace('\n', ' ');
    String reason =
        root instanceof SQLException && !said.isEmpty()
            ? said
            : root.getClass().getSimpleName() + (said.isEmpty() ? "" : ": " + said);
    return reason.length() > MAX_REASON ? reason.substring(0, MAX_REASON) : reason;
  }
}
