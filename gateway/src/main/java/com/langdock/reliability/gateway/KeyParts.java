package com.langdock.reliability.gateway;

import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.core.routing.ConfiguredTarget;
import com.langdock.reliability.gateway.access.HostNames;
import com.langdock.reliability.gateway.access.StoredKeys;
import com.langdock.reliability.gateway.config.GatewayConfig;
import com.langdock.reliability.gateway.config.JournalConfig;
import com.langdock.reliability.gateway.journal.Journal;
import com.langdock.reliability.gateway.journal.UsageSource;
import com.langdock.reliability.gateway.journal.store.JournalEntry;
import com.langdock.reliability.gateway.journal.store.JournalStore;
import com.langdock.reliability.gateway.journal.store.UsagePart;
import com.langdock.reliability.gateway.keys.Governance;
import com.langdock.reliability.gateway.keys.KeyChanges;
import com.langdock.reliability.gateway.keys.KeyDirectory;
import com.langdock.reliability.gateway.keys.KeyFollower;
import com.langdock.reliability.gateway.keys.KeyMeters;
import com.langdock.reliability.gateway.keys.OtherChanges;
import com.langdock.reliability.gateway.keys.TeamChanges;
import com.langdock.reliability.gateway.limits.ProcessLimits;
import com.langdock.reliability.gateway.management.ManagementSources;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The keys of the store, where the configuration has client keys. */
final class KeyParts implements AutoCloseable {
  /** The longest that readiness waits for the store. */
  private static final Duration START = Duration.ofSeconds(10);

  private final @Nullable KeyDirectory directory;
  private final ProcessLimits limits;
  private final Ticker ticker;
  private final String replica;
  private final long startedAt;
  private @Nullable KeyFollower follower;

  private KeyParts(
      @Nullable KeyDirectory directory, ProcessLimits limits, Ticker ticker, String replica) {
    this.directory = directory;
    this.limits = limits;
    this.ticker = ticker;
    this.replica = replica;
    this.startedAt = ticker.nanos();
  }

  /**
   * What {@code config} needs; nothing is read yet.
   *
   * @param replica the name of this process
   * @param cut ends the requests that run under revoked keys
   */
  static KeyParts of(
      GatewayConfig config, ProcessLimits limits, Ticker ticker, String replica, Runnable cut) {
    boolean hasStore = !(config.journal().store() instanceof JournalConfig.Store.None);
    return new KeyParts(
        config.access().clientKeys() == null
            ? null
            : new KeyDirectory(config.access(), limits, ticker, hasStore, cut),
        limits,
        ticker,
        replica);
  }

  /** What requests ask. */
  StoredKeys stored() {
    return directory == null ? StoredKeys.NONE : directory;
  }

  /** All keys and teams; null where no request needs a key. */
  @Nullable KeyDirectory directory() {
    return directory;
  }

  /** Has them read before {@code usage}. */
  UsageSource before(UsageSource usage) {
    return directory == null || !directory.hasStore()
        ? usage
        : new KeysFirst(directory, usage, self());
  }

  void register(MeterRegistry registry) {
    if (directory != null) {
      KeyMeters.register(registry, directory, ticker);
    }
  }

  /**
   * Whether keys, or what was used, are still read; a store that is away is not waited for.
   *
   * @param counts whether it matters what was used
   */
  boolean isStarting(boolean counts) {
    boolean isUnread = directory != null && !directory.isRead();
    return (isUnread || (counts && !limits.isReady()))
        && ticker.nanos() - startedAt < START.toNanos();
  }

  /**
   * What operators can do; null where no request needs a key.
   *
   * @param config in use
   */
  ManagementSources.@Nullable Keys changes(
      Optional<Journal> journal, Supplier<GatewayConfig> config) {
    if (directory == null) {
      return null;
    }
    Governance governance =
        new Governance(
            directory,
            () -> journal.map(Journal::governance).orElse(null),
            () -> served(config.get()),
            ticker,
            replica);
    SecureRandom random = new SecureRandom();
    return new ManagementSources.Keys(
        governance,
        new KeyChanges(governance, random),
        new TeamChanges(governance),
        new OtherChanges(governance, random));
  }

  private static Map<String, Set<String>> served(GatewayConfig config) {
    return config.offers().stream()
        .map(ConfiguredTarget::target)
        .collect(
            Collectors.groupingBy(
                Target::provider, Collectors.mapping(Target::model, Collectors.toSet())));
  }

  private KeyFollower.Self self() {
    return new KeyFollower.Self(replica, HostNames.own().stream().findFirst().orElse("unknown"));
  }

  /** Follows what other processes change. */
  void follow(Optional<Journal> journal) {
    if (directory != null && journal.isPresent()) {
      follower = new KeyFollower(directory, journal.get()::governance, self(), ticker);
      follower.start();
    }
  }

  /** Follows another configuration. */
  void use(GatewayConfig config) {
    if (directory != null) {
      directory.use(config.access());
    }
  }

  /** Why {@code next} cannot be used; empty if it can. */
  Optional<String> problem(GatewayConfig next) {
    List<String> missing = directory == null ? List.of() : directory.missing(next.access());
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "teams that stored keys belong to are missing: " + String.join(", ", missing));
  }

  @Override
  public void close() {
    if (follower != null) {
      follower.close();
    }
  }

  /** Reads the stored keys before what was used: how full a bucket is needs its limit. */
  private record KeysFirst(KeyDirectory keys, UsageSource usage, KeyFollower.Self self)
      implements UsageSource {
    @Override
    public boolean isRead() {
      return usage.isRead();
    }

    @Override
    public void read(JournalStore store) throws SQLException {
      // First: who waits for a change must know of this process before it knows its keys.
      store.governance().seen(self.replica(), self.host(), 0);
      keys.refresh(store.governance());
      usage.read(store);
    }

    @Override
    public void add(List<JournalEntry> entries) {
      usage.add(entries);
    }

    @Override
    public UsagePart take() {
      return usage.take();
    }

    @Override
    public void putBack(UsagePart part) {
      usage.putBack(part);
    }
  }
}
