package com.langdock.reliability.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.langdock.reliability.core.access.ClientKey;
import com.langdock.reliability.core.access.KeyHash;
import com.langdock.reliability.core.domain.ModelCatalog;
import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.core.quota.SharingRules;
import com.langdock.reliability.gateway.config.ConfigLoader;
import com.langdock.reliability.gateway.config.LoadedConfig;
import com.langdock.reliability.gateway.config.access.AccessConfig;
import com.langdock.reliability.gateway.journal.store.JournalStore;
import com.langdock.reliability.gateway.journal.store.JournalStores;
import com.langdock.reliability.gateway.keys.KeyDirectory;
import com.langdock.reliability.gateway.keys.store.GovernanceStore;
import com.langdock.reliability.gateway.keys.store.KeyRow;
import com.langdock.reliability.gateway.limits.LimitListener;
import com.langdock.reliability.gateway.limits.LimitRules;
import com.langdock.reliability.gateway.limits.ProcessLimits;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Many keys in a SQLite file: how long it takes to read them, what memory they take, how long one
 * is looked up, and what a change of one costs. Prints {@code seconds megabytes microseconds
 * milliseconds}.
 */
final class StoredKeys {
  private static final int LOOKUPS = 2_000_000;
  private static final int CHANGES = 100;
  private static final double MEGA = 1 << 20;

  private static final String CONFIG =
      """
      providers: [{name: p, type: openai, base_url: 'http://127.0.0.1:1', models: [m]}]
      client_keys: {}
      """;

  /** The machine's clocks. */
  private static final Ticker CLOCK =
      new Ticker() {
        @Override
        public long nanos() {
          return System.nanoTime();
        }

        @Override
        public long unixMillis() {
          return System.currentTimeMillis();
        }
      };

  private StoredKeys() {}

  /** Takes the file and the number of keys; the file must not exist. */
  public static void main(String[] arguments) throws SQLException {
    int count = Integer.parseInt(arguments[1]);
    try (JournalStore store = JournalStores.sqlite(Path.of(arguments[0]), false, CLOCK)) {
      GovernanceStore governance = store.governance();
      put(governance, count);
      read(governance); // Classes are loaded and compiled.
      long used = used();
      long begun = System.nanoTime();
      KeyDirectory keys = read(governance);
      double seconds = (System.nanoTime() - begun) / (double) TimeUnit.SECONDS.toNanos(1);
      double megabytes = (used() - used) / MEGA;
      System.out.printf(
          "%.3f %.1f %.3f %.3f%n",
          seconds, megabytes, lookup(keys, count), change(governance, keys));
    }
  }

  private static void put(GovernanceStore store, int count) throws SQLException {
    List<KeyRow> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(key(i, "somebody"));
    }
    store.change(change -> {
      change.putKeys(rows);
      return true;
    });
  }

  private static KeyRow key(int number, String owner) {
    return new KeyRow(
        "k" + number,
        "service-" + number,
        new KeyRow.Holder(null, owner),
        "{\"models\":[\"m\"],\"metadata\":{\"cost_center\":\"" + number % 1_000 + "\"}}",
        new KeyRow.Secrets(KeyHash.of("sk-key-" + number), null, 0),
        new KeyRow.Life(number, ClientKey.NEVER, false, 0, false),
        0);
  }

  private static KeyDirectory read(GovernanceStore store) throws SQLException {
    AccessConfig access =
        ((LoadedConfig.Loaded) new ConfigLoader(Map.of()).parse(CONFIG, List.of()))
            .config()
            .access();
    ProcessLimits limits =
        new ProcessLimits(
            CLOCK,
            new LimitRules(
                Map.of(),
                SharingRules.STANDARD,
                ZoneOffset.UTC,
                false,
                false,
                new ModelCatalog(Map.of())),
            true,
            LimitListener.NONE);
    KeyDirectory keys = new KeyDirectory(access, limits, CLOCK, true, () -> {});
    keys.refresh(store);
    return keys;
  }

  private static long used() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  /** Microseconds of a digest and its lookup. */
  private static double lookup(KeyDirectory keys, int count) {
    byte[][] sent = new byte[4_096][];
    for (int i = 0; i < sent.length; i++) {
      sent[i] = ("sk-key-" + (int) ((long) i * count / sent.length)).getBytes(ISO_8859_1);
    }
    var sha256 = KeyHash.sha256();
    long begun = 0;
    int found = 0;
    for (int i = -LOOKUPS; i < LOOKUPS; i++) {
      begun = i == 0 ? System.nanoTime() : begun;
      found += keys.find(sha256.digest(sent[i & sent.length - 1])) == null ? 0 : 1;
    }
    if (found != 2 * LOOKUPS) {
      throw new IllegalStateException("keys are missing");
    }
    return (System.nanoTime() - begun) / 1_000.0 / LOOKUPS;
  }

  /** Milliseconds until a change of one key is in force, without its commit. */
  private static double change(GovernanceStore store, KeyDirectory keys) throws SQLException {
    long nanos = 0;
    for (int i = 0; i < 2 * CHANGES; i++) {
      KeyRow row = key(i, "somebody else");
      store.change(change -> {
        change.putKeys(List.of(row));
        return true;
      });
      long begun = System.nanoTime();
      keys.refresh(store);
      nanos += i < CHANGES ? 0 : System.nanoTime() - begun;
    }
    return nanos / 1e6 / CHANGES;
  }
}
