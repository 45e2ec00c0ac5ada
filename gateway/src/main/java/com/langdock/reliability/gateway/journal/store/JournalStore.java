package com.langdock.reliability.gateway.journal.store;

import com.langdock.reliability.gateway.keys.store.CreditRow;
import com.langdock.reliability.gateway.keys.store.GovernanceStore;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * Stores entries. Thread-safe. Every method may block for a bounded time: reads for five seconds,
 * everything else for ten.
 */
public interface JournalStore extends AutoCloseable {
  /**
   * Writes all of a batch or none of it. Existing rows stay as they are.
   *
   * @throws RefusedBatchException when the database works but refuses something in the batch
   * @throws StoreGoneException when the store must be opened anew; nothing was written then
   */
  void write(JournalBatch batch) throws SQLException;

  /**
   * Checks that the store is still there and responds.
   *
   * @throws StoreGoneException when it must be opened anew
   */
  void check() throws SQLException;

  /**
   * Removes the oldest requests, {@code most} at most, of those that began before {@code cutoff},
   * in milliseconds since 1970; true when more are left.
   */
  boolean removeBefore(long cutoff, int most) throws SQLException;

  /** Removes rows that belong to no request: old changes of breakers, and unused names. */
  void removeLeftovers(long cutoff) throws SQLException;

  /** Bytes that the store uses. */
  long size() throws SQLException;

  /** The approximate number of requests. */
  long count() throws SQLException;

  /** The requests of a filter, newest first. */
  List<RequestRow> requests(RequestFilter filter) throws SQLException;

  /** A request with its attempts and steps, empty when there is none of that id. */
  Optional<JournalEntry> request(String requestId) throws SQLException;

  /** The changes of breakers in a time, both ends included, in order; a thousand at most. */
  List<BreakerRow> breakerChanges(long from, long to) throws SQLException;

  /** What all processes used in {@code periods}. */
  List<UsageRow> usage(List<String> periods) throws SQLException;

  /** What was added to the budgets of {@code periods}. */
  List<CreditRow> credits(List<String> periods) throws SQLException;

  /** The processes that share the store; none where only one can use it. */
  List<ReplicaRow> replicas() throws SQLException;

  /** A report of usage. */
  List<DayRow> usageDays(UsageQuery query) throws SQLException;

  /**
   * Removes usage of the days and months before {@code day}, {@code most} rows of a table at most;
   * true when more may be left.
   */
  boolean removeUsageBefore(LocalDate day, int most) throws SQLException;

  /**
   * Adds up some rows of a process that has ended in those of all that have; true when more may be
   * left. No sum changes.
   */
  boolean foldEnded() throws SQLException;

  /** Creates what requests of today and of the next days need, where days are kept apart. */
  void createDays() throws SQLException;

  /**
   * Removes whole days that ended before {@code cutoff}, where days are kept apart.
   *
   * @return the moment before which requests are left that are to be removed one by one
   */
  long dropDays(long cutoff) throws SQLException;

  /** Removes the oldest day that is kept apart and has passed; false when there is none. */
  boolean dropOldestDay() throws SQLException;

  /** Keys, teams and credits in the same store. */
  GovernanceStore governance();

  @Override
  void close();
}
