package com.langdock.reliability.gateway.journal;

import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.gateway.journal.store.JournalStore;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes what is too old, or too much, once a minute on a thread of its own. */
final class Retention {
  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
  private static final Duration EVERY = Duration.ofMinutes(1);

  private final Supplier<@Nullable JournalStore> store;
  private final JournalRules rules;
  private final Ticker ticker;
  private final Thread thread = Thread.ofVirtual().name("journal-retention").unstarted(this::run);

  /** Does nothing while {@code store} gives none. */
  Retention(Supplier<@Nullable JournalStore> store, JournalRules rules, Ticker ticker) {
    this.store = store;
    this.rules = rules;
    this.ticker = ticker;
  }

  void start() {
    thread.start();
  }

  void stop() {
    thread.interrupt();
  }

  /** Removes what must go now. */
  void sweep() {
    JournalStore opened = store.get();
    if (opened == null) {
      return;
    }
    try {
      opened.removeBefore(ticker.unixMillis() - rules.retention().toMillis());
      opened.shrinkTo(rules.maxSize());
    } catch (SQLException | RuntimeException failed) {
      LOG.atWarn()
          .addKeyValue("event", "journal_not_swept")
          .addKeyValue("error", failed.getMessage())
          .log("old requests could not be removed from the journal");
    }
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(EVERY);
        sweep();
      }
    } catch (InterruptedException stopped) {
      // The gateway ends.
    }
  }
}
