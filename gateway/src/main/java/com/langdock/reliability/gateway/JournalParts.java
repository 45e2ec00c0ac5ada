package com.langdock.reliability.gateway;

import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.gateway.config.GatewayConfig;
import com.langdock.reliability.gateway.config.JournalConfig;
import com.langdock.reliability.gateway.config.JournalConfig.Durability;
import com.langdock.reliability.gateway.config.JournalConfig.Store;
import com.langdock.reliability.gateway.journal.Journal;
import com.langdock.reliability.gateway.journal.JournalRules;
import com.langdock.reliability.gateway.journal.UsageSource;
import com.langdock.reliability.gateway.journal.store.JournalStore;
import com.langdock.reliability.gateway.journal.store.JournalStores;
import com.langdock.reliability.gateway.loop.EventLoop;
import com.langdock.reliability.gateway.telemetry.RequestWatcher;
import java.sql.SQLException;
import java.util.Optional;

/** Makes the journal from the configuration, and joins it to the API. */
final class JournalParts {
  private JournalParts() {}

  /** The journal, not started yet; empty where the configuration wants none. */
  static Optional<Journal> of(GatewayConfig config, UsageSource usage, Ticker ticker) {
    JournalConfig journal = config.journal();
    boolean sync = journal.durability() == Durability.SYNC;
    JournalRules rules =
        new JournalRules(sync, journal.retention(), journal.maxSize(), journal.keep());
    return opening(journal.store(), sync, ticker)
        .map(store -> new Journal(store, rules, usage, ticker));
  }

  private static Optional<Journal.StoreOpening> opening(Store store, boolean sync, Ticker ticker) {
    return switch (store) {
      case Store.None none -> Optional.empty();
      case Store.Sqlite sqlite ->
          Optional.of(() -> JournalStores.sqlite(sqlite.file(), sync, ticker));
      case Store.Postgres postgres -> Optional.of(() -> open(postgres, ticker));
    };
  }

  private static JournalStore open(Store.Postgres postgres, Ticker ticker) throws SQLException {
    String parameters = postgres.parameters().isEmpty() ? "" : "?" + postgres.parameters();
    String url =
        "jdbc:postgresql://%s:%d/%s%s"
            .formatted(postgres.host(), postgres.port(), postgres.database(), parameters);
    return JournalStores.postgres(url, postgres.user(), postgres.password().reveal(), ticker);
  }

  /** Tells the journal of the requests of one event loop that are configured so. */
  static Optional<RequestWatcher> watcher(
      Optional<Journal> journal, GatewayConfig config, EventLoop loop) {
    return journal.map(kept ->
        start -> new JournalObserver(kept, config.journal(), config.catalog(), loop, start));
  }
}
