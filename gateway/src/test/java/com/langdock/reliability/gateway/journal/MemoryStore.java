package com.langdock.reliability.gateway.journal;

import com.langdock.reliability.gateway.journal.store.BreakerRow;
import com.langdock.reliability.gateway.journal.store.DayRow;
import com.langdock.reliability.gateway.journal.store.JournalBatch;
import com.langdock.reliability.gateway.journal.store.JournalEntry;
import com.langdock.reliability.gateway.journal.store.JournalStore;
import com.langdock.reliability.gateway.journal.store.RefusedBatchException;
import com.langdock.reliability.gateway.journal.store.ReplicaRow;
import com.langdock.reliability.gateway.journal.store.RequestFilter;
import com.langdock.reliability.gateway.journal.store.RequestRow;
import com.langdock.reliability.gateway.journal.store.StoreGoneException;
import com.langdock.reliability.gateway.journal.store.UsageQuery;
import com.langdock.reliability.gateway.journal.store.UsageRow;
import com.langdock.reliability.gateway.keys.store.CreditRow;
import com.langdock.reliability.gateway.keys.store.GovernanceStore;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A store that remembers its batches, and fails when it is told to. */
final class MemoryStore implements JournalStore {
  /** Its requests, by id. */
  final TreeMap<String, JournalEntry> entries = new TreeMap<>();

  /** How many requests each removal was to remove at most. */
  final List<Integer> removals = new ArrayList<>();

  private final List<JournalBatch> batches = new ArrayList<>();

  /** Does what a test wants before a batch is written, throwing included. */
  Consumer<JournalBatch> beforeWrite = batch -> {};

  /** Does what a test wants while requests are removed. */
  Runnable whileRemoving = () -> {};

  /** Bytes that each request takes. */
  long bytesEach = 100;

  /** Bytes that it takes at least, as a database does that keeps the room of removed rows. */
  long keptBytes;

  @Nullable String poison;
  boolean gone;
  int failures;
  int failuresToOpen;
  int openings;
  int checks;
  boolean closed;

  JournalStore open() {
    openings++;
    if (failuresToOpen-- > 0) {
      throw new IllegalStateException("not yet");
    }
    gone = false;
    closed = false;
    return this;
  }

  List<JournalBatch> batches() {
    return batches;
  }

  List<String> ids() {
    return List.copyOf(entries.keySet());
  }

  @Override
  public void write(JournalBatch batch) throws SQLException {
    beforeWrite.accept(batch);
    check();
    for (JournalEntry entry : batch.entries()) {
      if (entry.request().requestId().equals(poison)) {
        throw new RefusedBatchException(new SQLException("invalid byte sequence"));
      }
    }
    batches.add(batch);
    batch.entries().forEach(entry -> entries.put(entry.request().requestId(), entry));
  }

  @Override
  public void check() throws SQLException {
    checks++;
    if (gone) {
      throw new StoreGoneException("the file was deleted");
    }
    if (failures-- > 0) {
      throw new SQLException("the disk is full");
    }
  }

  @Override
  public boolean removeBefore(long cutoff, int most) {
    removals.add(most);
    whileRemoving.run();
    for (int i = 0; i < most; i++) {
      if (entries.isEmpty() || entries.firstKey().compareTo("req_" + cutoff) >= 0) {
        return false;
      }
      entries.pollFirstEntry();
    }
    return !entries.isEmpty() && entries.firstKey().compareTo("req_" + cutoff) < 0;
  }

  @Override
  public void removeLeftovers(long cutoff) {}

  @Override
  public long size() {
    return Math.max(keptBytes, entries.size() * bytesEach);
  }

  @Override
  public long count() {
    return entries.size();
  }

  @Override
  public List<RequestRow> requests(RequestFilter filter) {
    return entries.values().stream().filter(filter::matches).map(JournalEntry::request).toList();
  }

  @Override
  public Optional<JournalEntry> request(String requestId) {
    return Optional.ofNullable(entries.get(requestId));
  }

  @Override
  public List<BreakerRow> breakerChanges(long from, long to) {
    return List.of();
  }

  @Override
  public List<UsageRow> usage(List<String> periods) {
    return List.of();
  }

  @Override
  public List<CreditRow> credits(List<String> periods) {
    return List.of();
  }

  @Override
  public List<ReplicaRow> replicas() {
    return List.of();
  }

  @Override
  public List<DayRow> usageDays(UsageQuery query) {
    return List.of();
  }

  @Override
  public boolean removeUsageBefore(LocalDate day, int most) {
    return false;
  }

  @Override
  public boolean foldEnded() {
    return false;
  }

  @Override
  public void createDays() {}

  @Override
  public long dropDays(long cutoff) {
    return cutoff;
  }

  @Override
  public boolean dropOldestDay() {
    return false;
  }

  @Override
  public GovernanceStore governance() {
    throw new UnsupportedOperationException("no keys");
  }

  @Override
  public void close() {
    closed = true;
  }
}
