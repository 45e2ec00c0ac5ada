package com.langdock.reliability.gateway;

import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.gateway.api.Keeper;
import com.langdock.reliability.gateway.config.GatewayConfig;
import com.langdock.reliability.gateway.config.JournalConfig;
import com.langdock.reliability.gateway.config.JournalConfig.Durability;
import com.langdock.reliability.gateway.config.JournalConfig.Store;
import com.langdock.reliability.gateway.journal.Journal;
import com.langdock.reliability.gateway.journal.JournalRules;
import com.langdock.reliability.gateway.journal.store.JournalStore;
import com.langdock.reliability.gateway.journal.store.JournalStores;
import io.vertx.core.Context;
import java.util.Optional;

/** Makes the journal from the configuration, and joins it to the API. */
final class JournalParts {
  private JournalParts() {}

  /** The journal, empty where the configuration wants none. */
  static Optional<Journal> open(GatewayConfig config, Ticker ticker) {
    JournalConfig journal = config.journal();
    boolean sync = journal.durability() == Durability.SYNC;
    JournalRules rules = new JournalRules(sync, journal.retention(), journal.maxSize());
    return switch (journal.store()) {
      case Store.None none -> Optional.empty();
      case Store.Sqlite sqlite ->
          Optional.of(
              Journal.open(
                  () -> JournalStores.sqlite(sqlite.file(), sync),
                  rules,
                  config.catalog(),
                  ticker));
      case Store.Postgres postgres ->
          Optional.of(Journal.open(() -> open(postgres), rules, config.catalog(), ticker));
    };
  }

  private static JournalStore open(Store.Postgres postgres) {
    String parameters = postgres.parameters().isEmpty() ? "" : "?" + postgres.parameters();
    String url =
        "jdbc:postgresql://%s:%d/%s%s"
            .formatted(postgres.host(), postgres.port(), postgres.database(), parameters);
    return JournalStores.postgres(url, postgres.user(), postgres.password().reveal());
  }

  /** What the calls of one event loop tell the journal, and wait for. */
  static Keeper keeper(Optional<Journal> journal, JournalConfig config, Context loop) {
    return journal.isEmpty() ? Keeper.NONE : new JournalKeeper(journal.get(), config, loop);
  }

  private record JournalKeeper(Journal journal, JournalConfig config, Context loop)
      implements Keeper {
    @Override
    public boolean keepsContents() {
      return config.contents();
    }

    @Override
    public void said(String requestId, byte[] request, byte[] answer) {
      journal.said(requestId, request, answer);
    }

    @Override
    public void whenKept(Runnable then) {
      if (config.durability() == Durability.ASYNC) {
        then.run();
      } else {
        journal.whenKept(() -> loop.runOnContext(kept -> then.run()));
      }
    }
  }
}
