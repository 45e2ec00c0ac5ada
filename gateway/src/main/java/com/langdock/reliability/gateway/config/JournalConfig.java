package com.langdock.reliability.gateway.config;

import com.langdock.reliability.gateway.config.cloud.Credential;
import com.langdock.reliability.yaml.Section;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The settings of the journal.
 *
 * @param syncTimeout longest time that an answer waits for its row under {@link Durability#SYNC}
 * @param retention how long a request is kept
 * @param maxSize bytes of storage above which the oldest requests are deleted
 * @param contents whether messages and answers are kept too
 * @param keep whether requests are written down at all; usage always is
 */
public record JournalConfig(
    Store store,
    Durability durability,
    Duration syncTimeout,
    Duration retention,
    long maxSize,
    boolean contents,
    boolean keep) {
  private static final String SQLITE = "sqlite:";
  private static final String IN_MEMORY = ":memory:";
  private static final String DEFAULT = "sqlite:data/gateway.db";
  private static final int POSTGRES_PORT = 5432;
  private static final Duration SYNC_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration LONGEST_SYNC_TIMEOUT = Duration.ofHours(1);
  private static final Duration WEEK = Duration.ofDays(7);
  private static final Duration LONGEST = Duration.ofDays(3_650);
  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;

  /** The store. */
  public sealed interface Store {
    /** No journal: {@code none}. */
    record None() implements Store {}

    /** In a file on this machine: {@code sqlite:data/gateway.db}. */
    record Sqlite(Path file) implements Store {}

    /**
     * In a PostgreSQL database: {@code postgresql://user:password@host:5432/database}.
     *
     * @param parameters of the connection, such as {@code sslmode=require}; empty for none
     * @param sharing how several gateways share what is kept in it
     */
    record Postgres(
        String host,
        int port,
        String database,
        String user,
        Credential password,
        String parameters,
        Sharing sharing)
        implements Store {}
  }

  /**
   * How several gateways share budgets and quotas.
   *
   * @param outageShare thousandths of a limit that each may use while the database is away
   * @param lease how long others leave to a gateway what it drew and does not renew
   */
  public record Sharing(int outageShare, Duration lease) {
    /** A twentieth, and a minute. */
    public static final Sharing STANDARD = new Sharing(50, Duration.ofMinutes(1));

    private static final int WHOLE = 1_000;
    private static final Duration SHORTEST = Duration.ofSeconds(3);
    private static final Duration LONGEST = Duration.ofHours(1);

    private static Sharing from(Section store) {
      double share = store.value("outage_share").number((double) STANDARD.outageShare / WHOLE, 1);
      Duration lease = store.value("lease").duration(STANDARD.lease, LONGEST);
      if (lease.compareTo(SHORTEST) < 0) {
        store.place("lease").reject("must be at least 3s");
      }
      return new Sharing((int) Math.round(share * WHOLE), lease);
    }
  }

  /** When an answer's last byte may be sent. */
  public enum Durability {
    /** At once; the journal is written later. */
    ASYNC,
    /** When the request is stored, or {@link #syncTimeout} has passed. */
    SYNC
  }

  /** Reads {@code store} and {@code journal} of the file. */
  static JournalConfig from(Section file) {
    return file.section("store", store -> file.section("journal", journal -> from(journal, store)));
  }

  private static JournalConfig from(Section section, Section store) {
    if (section.has("url") && store.has("url")) {
      section.place("url").reject("is the old name of store.url, which is set too; keep one");
    }
    return new JournalConfig(
        store(store.has("url") || !section.has("url") ? store : section, Sharing.from(store)),
        section.value("durability").choice(Durability.class).orElse(Durability.ASYNC),
        section.value("sync_timeout").duration(SYNC_TIMEOUT, LONGEST_SYNC_TIMEOUT),
        section.value("retention").duration(WEEK, LONGEST),
        section.value("max_size").size(GIB, MIB, 1024 * GIB),
        section.value("contents").flag(false),
        section.value("keep").flag(true));
  }

  private static Store store(Section section, Sharing sharing) {
    String url = section.value("url").secret().orElse(section.has("url") ? "" : DEFAULT);
    Optional<Store> store = store(url, sharing);
    if (store.isEmpty()) {
      section
          .place("url")
          .reject("must be sqlite:FILE, postgresql://USER:PASSWORD@HOST:PORT/DATABASE or none");
    }
    return store.orElseGet(Store.None::new);
  }

  private static Optional<Store> store(String url, Sharing sharing) {
    if (url.equals("none")) {
      return Optional.of(new Store.None());
    }
    if (url.startsWith(SQLITE) && isFile(url.substring(SQLITE.length()))) {
      return Optional.of(new Store.Sqlite(Path.of(url.substring(SQLITE.length()))));
    }
    try {
      return postgres(new URI(url), sharing);
    } catch (URISyntaxException notOne) {
      return Optional.empty();
    }
  }

  private static boolean isFile(String path) {
    return !path.isBlank() && !path.startsWith(IN_MEMORY) && path.indexOf('\0') < 0;
  }

  private static Optional<Store> postgres(URI url, Sharing sharing) {
    boolean isPostgres = "postgresql".equals(url.getScheme()) || "postgres".equals(url.getScheme());
    boolean namesDatabase = url.getPath() != null && url.getPath().length() > 1;
    if (!isPostgres || url.getHost() == null || !namesDatabase) {
      return Optional.empty();
    }
    String login = url.getUserInfo() == null ? "postgres" : url.getUserInfo();
    int colon = login.indexOf(':');
    return Optional.of(
        new Store.Postgres(
            url.getHost(),
            url.getPort() < 0 ? POSTGRES_PORT : url.getPort(),
            url.getPath().substring(1),
            colon < 0 ? login : login.substring(0, colon),
            new Credential(colon < 0 ? "" : login.substring(colon + 1)),
            url.getQuery() == null ? "" : url.getQuery(),
            sharing));
  }
}
