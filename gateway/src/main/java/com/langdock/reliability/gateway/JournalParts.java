package com.langdock.reliability.gateway;

import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.core.quota.CeilingGrant;
import com.langdock.reliability.core.quota.CeilingRules;
import com.langdock.reliability.core.quota.CeilingWant;
import com.langdock.reliability.core.quota.Ceilings;
import com.langdock.reliability.gateway.config.GatewayConfig;
import com.langdock.reliability.gateway.config.JournalConfig;
import com.langdock.reliability.gateway.config.JournalConfig.Durability;
import com.langdock.reliability.gateway.config.JournalConfig.Store;
import com.langdock.reliability.gateway.journal.Journal;
import com.langdock.reliability.gateway.journal.JournalRules;
import com.langdock.reliability.gateway.journal.UsageSource;
import com.langdock.reliability.gateway.journal.store.CeilingTable;
import com.langdock.reliability.gateway.journal.store.JournalStore;
import com.langdock.reliability.gateway.journal.store.JournalStores;
import com.langdock.reliability.gateway.journal.store.ReplicaRow;
import com.langdock.reliability.gateway.limits.CeilingDraws;
import com.langdock.reliability.gateway.limits.CeilingStore;
import com.langdock.reliability.gateway.limits.ProcessLimits;
import com.langdock.reliability.gateway.limits.StoreListener;
import com.langdock.reliability.gateway.loop.EventLoop;
import com.langdock.reliability.gateway.telemetry.RequestWatcher;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

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
    return JournalStores.postgres(
        url(postgres), postgres.user(), postgres.password().reveal(), ticker);
  }

  private static String url(Store.Postgres postgres) {
    String parameters = postgres.parameters().isEmpty() ? "" : "?" + postgres.parameters();
    return "jdbc:postgresql://%s:%d/%s%s"
        .formatted(postgres.host(), postgres.port(), postgres.database(), parameters);
  }

  /**
   * What draws limits of periods that other gateways share, not started yet; empty where the store
   * is this gateway's alone.
   *
   * @param replica the name of this process
   * @param process what it says of itself, which may change
   */
  static Optional<CeilingDraws> draws(
      GatewayConfig config,
      ProcessLimits limits,
      StoreListener listener,
      String replica,
      Supplier<ReplicaRow.About> process) {
    if (!(config.journal().store() instanceof Store.Postgres postgres)) {
      return Optional.empty();
    }
    long lease = postgres.sharing().lease().toNanos();
    CeilingRules rules = new CeilingRules(postgres.sharing().outageShare(), lease);
    Ceilings ceilings = limits.quotas().share(rules);
    CeilingTable table =
        JournalStores.ceilings(
            url(postgres), postgres.user(), postgres.password().reveal(), replica, lease);
    CeilingDraws draws =
        new CeilingDraws(limits, ceilings, new Drawn(table, process), listener, limits.ticker());
    limits.drawnBy(draws);
    return Optional.of(draws);
  }

  /** Draws from the database of the journal. */
  private record Drawn(CeilingTable table, Supplier<ReplicaRow.About> process)
      implements CeilingStore {
    @Override
    public Answer draw(List<CeilingWant> wants) throws SQLException {
      List<CeilingGrant> grants = table.draw(wants);
      return new Answer(grants, table.now());
    }

    @Override
    public int say() throws SQLException {
      return table.say(process.get());
    }

    @Override
    public void end() throws SQLException {
      table.end();
    }

    @Override
    public void close() {
      table.close();
    }
  }

  /** Tells the journal of the requests of one event loop that are configured so. */
  static Optional<RequestWatcher> watcher(
      Optional<Journal> journal, GatewayConfig config, EventLoop loop) {
    return journal.map(kept ->
        start -> new JournalObserver(kept, config.journal(), config.catalog(), loop, start));
  }
}
