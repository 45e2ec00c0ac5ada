package com.langdock.reliability.gateway.journal.store;

import com.langdock.reliability.gateway.journal.Scene;
import com.langdock.reliability.gateway.journal.store.Databases.Opened;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The journal of one test: closed after each test, and its database stopped after all of them.
 *
 * <p>Registered as a static extension, so that JUnit calls it after all tests, too.
 */
final class TestJournal implements AfterEachCallback, AfterAllCallback {
  private @Nullable Opened opened;

  /** An empty store in {@code database}. */
  JournalStore open(Databases database) throws Exception {
    opened = database.open();
    return opened.store();
  }

  /** The database of the store that is open. */
  Opened database() {
    return Objects.requireNonNull(opened);
  }

  /** Writes the requests as one batch. */
  static void write(JournalStore store, JournalEntry... entries) throws SQLException {
    store.write(new JournalBatch(List.of(entries), List.of(), List.of()));
  }

  /** Successful requests with the numbers from {@code from} to {@code to}, exclusive. */
  static JournalEntry[] many(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(number -> Scene.ended(number, RequestOutcome.SUCCESS))
        .toArray(JournalEntry[]::new);
  }

  /** The ids of the requests that {@code filter} lets through, the newest first. */
  static List<String> ids(JournalStore store, RequestFilter filter) throws SQLException {
    return store.requests(filter).stream().map(RequestRow::requestId).toList();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    if (opened != null) {
      opened.close();
      opened = null;
    }
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    Databases.stop();
  }
}
