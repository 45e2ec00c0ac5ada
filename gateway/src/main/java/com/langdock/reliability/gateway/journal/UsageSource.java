package com.langdock.reliability.gateway.journal;

import com.langdock.reliability.gateway.journal.store.JournalEntry;
import com.langdock.reliability.gateway.journal.store.JournalStore;
import com.langdock.reliability.gateway.journal.store.UsagePart;
import java.sql.SQLException;
import java.util.List;

/**
 * Knows what was used, and has the totals that changed written with the requests that changed them.
 * Called on the writer's thread.
 */
public interface UsageSource {
  /** Knows nothing. */
  UsageSource NONE =
      new UsageSource() {
        @Override
        public boolean isRead() {
          return true;
        }

        @Override
        public void read(JournalStore store) {}

        @Override
        public void add(List<JournalEntry> entries) {}

        @Override
        public UsagePart take() {
          return UsagePart.NONE;
        }

        @Override
        public void putBack(UsagePart usage) {}
      };

  /** Whether it has read what earlier processes used. */
  boolean isRead();

  /** Reads what earlier processes used. */
  void read(JournalStore store) throws SQLException;

  /** Adds requests that have ended to the totals of reports; each once. */
  void add(List<JournalEntry> entries);

  /** The totals that changed since they were last taken, or some of them when they are many. */
  UsagePart take();

  /** Totals that were taken were not written. */
  void putBack(UsagePart usage);
}
