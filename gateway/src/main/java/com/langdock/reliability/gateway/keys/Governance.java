package com.langdock.reliability.gateway.keys;

import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.gateway.config.access.SubjectReader;
import com.langdock.reliability.gateway.keys.store.AuditRow;
import com.langdock.reliability.gateway.keys.store.GovernanceChange;
import com.langdock.reliability.gateway.keys.store.GovernanceStore;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes changes of keys and teams. A change and the record of it are committed together, and what
 * was committed is in force in this process when the change returns. Thread-safe; blocks.
 */
public final class Governance {
  private static final String DONE = "done";

  /** A process that was not seen for so long counts as ended. */
  private static final long LIVE_MILLIS = 60_000;

  private final KeyDirectory keys;
  private final Supplier<@Nullable GovernanceStore> store;
  private final Supplier<Map<String, Set<String>>> served;
  private final Ticker ticker;
  private final String replica;

  /**
   * Changes of what {@code keys} knows.
   *
   * @param store null while it is not open
   * @param served the models of each provider now
   * @param replica the name of this process
   */
  public Governance(
      KeyDirectory keys,
      Supplier<@Nullable GovernanceStore> store,
      Supplier<Map<String, Set<String>>> served,
      Ticker ticker,
      String replica) {
    this.keys = keys;
    this.store = store;
    this.served = served;
    this.ticker = ticker;
    this.replica = replica;
  }

  /** All keys and teams. */
  public KeyDirectory keys() {
    return keys;
  }

  /** A reader of what somebody asks for. */
  SubjectReader reader() {
    return SubjectReader.checked(served.get());
  }

  /** In milliseconds since 1970. */
  long now() {
    return ticker.unixMillis();
  }

  /** In which a day ends. */
  ZoneId zone() {
    return keys.file().limits().timeZone();
  }

  /** What a change does, and how it is written down. */
  interface Change {
    /** Makes the change within its transaction. */
    Made make(GovernanceChange change) throws SQLException;
  }

  /**
   * What a change has done.
   *
   * @param object it was about
   */
  record Made(Outcome outcome, String object, AuditRow.Change change) {
    /** Nothing, for that reason. */
    static Made refused(String object, Outcome.Reason reason, String message) {
      return new Made(new Outcome.Refused(reason, message), object, AuditRow.Change.NONE);
    }
  }

  /** Makes a change and writes it down, a refused one too. */
  Outcome change(AuditRow.By by, String action, Change change) throws SQLException {
    GovernanceStore opened = opened();
    Outcome outcome =
        opened.change(open -> {
          Made made = change.make(open);
          open.audit(
              new AuditRow(
                  0, now(), by, action, made.object(), made.change(), result(made.outcome())));
          return made.outcome();
        });
    keys.refresh(opened);
    return outcome;
  }

  private static String result(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Refused refused -> refused.reason().code();
      case Outcome.Invalid invalid -> "invalid_value";
      case Outcome.Key key -> DONE;
      case Outcome.Team team -> DONE;
      case Outcome.Removed removed -> DONE;
      case Outcome.Credited credited -> DONE;
      case Outcome.Imported imported -> DONE;
    };
  }

  /** The changes before the one of that id, the last first. */
  public List<AuditRow> audit(long before, int most) throws SQLException {
    return opened().audit(before, most);
  }

  /** The other processes that live and have not seen {@code version}. */
  public List<GovernanceStore.Lagging> lagging(long version) throws SQLException {
    return opened().lagging(replica, version, LIVE_MILLIS);
  }

  private GovernanceStore opened() throws SQLException {
    GovernanceStore opened = store.get();
    if (opened == null) {
      throw new SQLException("the store is not open");
    }
    return opened;
  }
}
