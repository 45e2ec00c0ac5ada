package com.langdock.reliability.gateway.journal;

import com.langdock.reliability.gateway.journal.entry.BreakerRow;
import com.langdock.reliability.gateway.journal.entry.JournalEntry;
import com.langdock.reliability.gateway.journal.entry.RequestRow;
import com.langdock.reliability.gateway.journal.store.JournalBatch;
import com.langdock.reliability.gateway.journal.store.JournalStore;
import com.langdock.reliability.gateway.journal.store.RequestFilter;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A store that remembers its batches, and fails when it is told to. */
final class MemoryStore implements JournalStore {
  private final List<JournalBatch> batches = new CopyOnWriteArrayList<>();
  private final AtomicInteger failures = new AtomicInteger();
  private final AtomicInteger failuresToOpen = new AtomicInteger();
  private final AtomicInteger openings = new AtomicInteger();
  private volatile boolean closed;

  JournalStore open() {
    openings.incrementAndGet();
    if (failuresToOpen.getAndDecrement() > 0) {
      throw new IllegalStateException("not yet");
    }
    return this;
  }

  void failNext(int writes) {
    failures.set(writes);
  }

  void failToOpen(int times) {
    failuresToOpen.set(times);
  }

  /** How often it was to be opened. */
  int openings() {
    return openings.get();
  }

  List<JournalBatch> batches() {
    return batches;
  }

  List<String> ids() {
    return batches.stream()
        .flatMap(batch -> batch.entries().stream())
        .map(entry -> entry.request().requestId())
        .toList();
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public void write(JournalBatch batch) throws SQLException {
    if (failures.getAndDecrement() > 0) {
      throw new SQLException("the disk is full");
    }
    batches.add(batch);
  }

  @Override
  public void removeBefore(long cutoff) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void shrinkTo(long bytes) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<RequestRow> requests(RequestFilter filter) {
    return batches.stream()
        .flatMap(batch -> batch.entries().stream())
        .map(JournalEntry::request)
        .filter(filter::matches)
        .toList();
  }

  @Override
  public Optional<JournalEntry> request(String requestId) {
    return batches.stream()
        .flatMap(batch -> batch.entries().stream())
        .filter(entry -> entry.request().requestId().equals(requestId))
        .findFirst();
  }

  @Override
  public List<BreakerRow> breakerChanges(long from, long to) {
    return List.of();
  }

  @Override
  public void close() {
    closed = true;
  }
}
