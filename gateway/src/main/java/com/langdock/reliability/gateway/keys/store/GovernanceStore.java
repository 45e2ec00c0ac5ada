package com.langdock.reliability.gateway.keys.store;

import java.sql.SQLException;
import java.util.List;

/**
 * Stores keys, teams, credits, and who changed them. Thread-safe. Every method may block for a
 * bounded time.
 */
public interface GovernanceStore {
  /** The version of the last change; reads one row. */
  long version() throws SQLException;

  /** What changed after {@code version}; everything after a negative one. */
  GovernanceRows since(long version) throws SQLException;

  /** What a change does in its transaction. */
  @FunctionalInterface
  interface Change<T> {
    /** Makes the change; what it throws undoes it. */
    T make(GovernanceChange change) throws SQLException;
  }

  /** Makes one change, after all others: it is committed to the disk, or nothing has happened. */
  <T> T change(Change<T> change) throws SQLException;

  /** The changes before the one of that id, the last first. */
  List<AuditRow> audit(long before, int most) throws SQLException;

  /** The version that a process sees which has stopped: nobody waits for it. */
  long STOPPED = Long.MAX_VALUE;

  /**
   * Notes that a process is alive and what it has seen, where several use one store.
   *
   * @param host on which it runs
   */
  void seen(String replica, String host, long version) throws SQLException;

  /** A process that has not seen a version. */
  record Lagging(String replica, String host, long seenVersion) {}

  /** The processes, without {@code except}, that lived lately and have not seen {@code version}. */
  List<Lagging> lagging(String except, long version, long liveMillis) throws SQLException;
}
