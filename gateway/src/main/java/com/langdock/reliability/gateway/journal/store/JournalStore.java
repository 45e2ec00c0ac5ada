package com.langdock.reliability.gateway.journal.store;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Where entries are kept. Thread-safe; every method may block, but for a bounded time: reading five
 * seconds, everything else ten.
 */
public interface JournalStore extends AutoCloseable {
  /**
   * Writes a batch: all of it, or none; what is there already stays as it is.
   *
   * @throws RefusedBatchException when the database is well but refuses something in the batch
   * @throws StoreGoneException when the store must be opened anew; nothing was written then
   */
  void write(JournalBatch batch) throws SQLException;

  /**
   * Sees that the store is still there, and answers.
   *
   * @throws StoreGoneException when it must be opened anew
   */
  void check() throws SQLException;

  /**
   * Removes the oldest requests, {@code most} at most, of those that began before {@code cutoff},
   * in milliseconds since 1970; true when more are left.
   */
  boolean removeBefore(long cutoff, int most) throws SQLException;

  /** Removes what belongs to no request: old changes of breakers, and names in no request. */
  void removeLeftovers(long cutoff) throws SQLException;

  /** Bytes that the store takes. */
  long size() throws SQLException;

  /** How many requests are kept, roughly. */
  long count() throws SQLException;

  /** The requests of a filter, newest first. */
  List<RequestRow> requests(RequestFilter filter) throws SQLException;

  /** A request with its attempts and steps, empty when there is none of that id. */
  Optional<JournalEntry> request(String requestId) throws SQLException;

  /** The changes of breakers in a time, both ends included, in order; a thousand at most. */
  List<BreakerRow> breakerChanges(long from, long to) throws SQLException;

  @Override
  void close();
}
