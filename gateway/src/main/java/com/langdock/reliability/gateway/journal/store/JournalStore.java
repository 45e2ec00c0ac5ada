package com.langdock.reliability.gateway.journal.store;

import com.langdock.reliability.gateway.journal.entry.BreakerRow;
import com.langdock.reliability.gateway.journal.entry.JournalEntry;
import com.langdock.reliability.gateway.journal.entry.RequestRow;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Where entries are kept. Thread-safe; every method may block. */
public interface JournalStore extends AutoCloseable {
  /** Writes a batch: all of it, or none; what is there already stays as it is. */
  void write(JournalBatch batch) throws SQLException;

  /** Removes what began before {@code cutoff}, milliseconds since 1970. */
  void removeBefore(long cutoff) throws SQLException;

  /** Removes the oldest requests while the store takes more than {@code bytes}. */
  void shrinkTo(long bytes) throws SQLException;

  /** The requests of a filter, newest first. */
  List<RequestRow> requests(RequestFilter filter) throws SQLException;

  /** A request with its attempts and steps, empty when there is none of that id. */
  Optional<JournalEntry> request(String requestId) throws SQLException;

  /** The changes of breakers in a time, both ends included, in order; a thousand at most. */
  List<BreakerRow> breakerChanges(long from, long to) throws SQLException;

  @Override
  void close();
}
