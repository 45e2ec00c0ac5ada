package com.langdock.reliability.gateway.keys;

import com.langdock.reliability.core.access.ClientKey;
import com.langdock.reliability.core.access.NamePatterns;
import com.langdock.reliability.core.access.Rights;
import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.core.quota.LimitKind;
import com.langdock.reliability.core.quota.Period;
import com.langdock.reliability.core.quota.Subject;
import com.langdock.reliability.core.quota.SubjectLimits;
import com.langdock.reliability.gateway.access.StoredKeys;
import com.langdock.reliability.gateway.config.access.AccessConfig;
import com.langdock.reliability.gateway.config.access.KeyConfig;
import com.langdock.reliability.gateway.config.access.TeamConfig;
import com.langdock.reliability.gateway.keys.store.CreditRow;
import com.langdock.reliability.gateway.keys.store.GovernanceRows;
import com.langdock.reliability.gateway.keys.store.GovernanceStore;
import com.langdock.reliability.gateway.keys.store.KeyRow;
import com.langdock.reliability.gateway.keys.store.TeamRow;
import com.langdock.reliability.gateway.limits.ProcessLimits;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All keys and teams, in memory: those of the store as they were when it was read last, and those
 * of the configuration in use, which have precedence. The way of a request asks this and never the
 * store.
 *
 * <p>A read takes the rows that are newer than the version seen before. A version that is lower
 * than that one is of a store that was restored from a backup: everything is read again.
 *
 * <p>Thread-safe. {@link #refresh} blocks; it is called by one thread after the other.
 */
public final class KeyDirectory implements StoredKeys {
  private static final Logger LOG = LoggerFactory.getLogger(KeyDirectory.class);
  private static final long NOTHING_SEEN = -1;

  /** A key that was made elsewhere is known here within a second, while the store is there. */
  private static final long COMPLETE_NANOS = TimeUnit.SECONDS.toNanos(5);

  private static final Rights NOTHING =
      new Rights(NamePatterns.of(List.of()), NamePatterns.of(List.of()), Set.of());

  private final ProcessLimits limits;
  private final Ticker ticker;
  private final boolean hasStore;
  private final Runnable cut;
  private final Object refreshing = new Object();
  private final Set<String> cutIds = ConcurrentHashMap.newKeySet();

  private final Map<String, StoredKey> keys = new HashMap<>();
  private final Map<String, StoredTeam> teams = new HashMap<>();
  private final Map<Rights, Rights> sameRights = new HashMap<>();
  private final Set<String> reportedTeams = new HashSet<>();
  private RulesReader reader = new RulesReader();
  private AccessConfig file;
  private Map<String, TeamConfig> fileTeams;

  private volatile KeyRings rings = KeyRings.EMPTY;
  private volatile long seen = NOTHING_SEEN;
  private volatile long readAt;
  private volatile long staleAfterNanos;

  /**
   * A directory that has read nothing.
   *
   * @param hasStore whether keys can be stored at all
   * @param cut ends the requests that run under revoked keys
   */
  public KeyDirectory(
      AccessConfig file, ProcessLimits limits, Ticker ticker, boolean hasStore, Runnable cut) {
    this.limits = limits;
    this.ticker = ticker;
    this.hasStore = hasStore;
    this.cut = cut;
    this.readAt = ticker.nanos();
    this.file = file;
    this.fileTeams = teams(file);
    this.staleAfterNanos = staleAfter(file);
  }

  private static Map<String, TeamConfig> teams(AccessConfig file) {
    return file.teams().stream().collect(Collectors.toMap(TeamConfig::name, team -> team));
  }

  private static long staleAfter(AccessConfig file) {
    Duration most = file.clientKeys() == null ? null : file.clientKeys().staleAfter();
    return most == null ? Long.MAX_VALUE : most.toNanos();
  }

  @Override
  public @Nullable ClientKey find(byte[] digest) {
    KeyRings all = rings;
    return all.find(digest, all.old().size() == 0 ? 0 : ticker.unixMillis());
  }

  @Override
  public boolean isCurrent() {
    return !hasStore || (isRead() && ticker.nanos() - readAt < staleAfterNanos);
  }

  @Override
  public boolean isComplete() {
    return !hasStore || (isRead() && ticker.nanos() - readAt < COMPLETE_NANOS);
  }

  @Override
  public boolean isCut(ClientKey key) {
    return cutIds.contains(key.keyId());
  }

  /** Whether the store was read once, or there is none. */
  public boolean isRead() {
    return !hasStore || seen != NOTHING_SEEN;
  }

  /** Whether keys can be stored. */
  public boolean hasStore() {
    return hasStore;
  }

  /** The version of the last change that is in force here; negative before the first read. */
  public long seen() {
    return seen;
  }

  /** Seconds since the store was read last, or since the start. */
  public double staleSeconds() {
    return hasStore ? (ticker.nanos() - readAt) / (double) TimeUnit.SECONDS.toNanos(1) : 0;
  }

  /** Reads what has changed in the store; what it says is in force when this method returns. */
  public void refresh(GovernanceStore store) throws SQLException {
    synchronized (refreshing) {
      long begun = ticker.nanos();
      long version = store.version();
      if (version != seen) {
        boolean isOlder = version < seen;
        GovernanceRows rows = store.since(isOlder ? NOTHING_SEEN : seen);
        boolean cuts = apply(rows, isOlder);
        seen = rows.version();
        if (cuts) {
          cut.run();
        }
      }
      readAt = begun;
    }
  }

  /** Follows another configuration: its teams bound stored keys too. */
  public synchronized void use(AccessConfig next) {
    Map<String, TeamConfig> nextTeams = teams(next);
    boolean differ = !nextTeams.equals(fileTeams);
    file = next;
    fileTeams = nextTeams;
    staleAfterNanos = staleAfter(next);
    if (differ) {
      update(List.copyOf(keys.values()), KeyRings.EMPTY, Map.of());
    }
  }

  private synchronized boolean apply(GovernanceRows rows, boolean fromNothing) {
    Map<Subject, SubjectLimits> changed = new HashMap<>();
    if (fromNothing) {
      forgetAll(changed);
    }
    Set<String> changedTeams = new HashSet<>();
    for (TeamRow row : rows.teams()) {
      changedTeams.add(row.name());
      team(row, changed);
    }
    Map<String, StoredKey> touched = new HashMap<>();
    boolean cuts = false;
    KeyRings.Changes gone = new KeyRings.Changes();
    for (KeyRow row : rows.keys()) {
      StoredKey key = StoredKey.of(row, reader.key(row.id(), row.rules()));
      StoredKey before = keys.put(key.id(), key);
      if (before != null) {
        gone.remove(before);
      }
      cuts |= cuts(key, before);
      touched.put(key.id(), key);
    }
    if (!changedTeams.isEmpty()) {
      keys.values().stream()
          .filter(key -> changedTeams.contains(key.holder().team()))
          .forEach(key -> touched.put(key.id(), key));
    }
    update(touched.values(), gone.applyTo(fromNothing ? KeyRings.EMPTY : rings), changed);
    rows.credits().forEach(this::credit);
    return cuts;
  }

  private void forgetAll(Map<Subject, SubjectLimits> changed) {
    keys.keySet().forEach(id -> changed.put(Subject.key(id), SubjectLimits.NONE));
    teams.keySet().forEach(name -> changed.put(Subject.team(name), SubjectLimits.NONE));
    keys.clear();
    teams.clear();
    cutIds.clear();
    reader = new RulesReader();
    LOG.atWarn()
        .addKeyValue("event", "keys_read_again")
        .log("the store is older than it was: all keys are read again");
  }

  private void team(TeamRow row, Map<Subject, SubjectLimits> changed) {
    if (row.isRemoved()) {
      teams.remove(row.name());
      changed.put(Subject.team(row.name()), SubjectLimits.NONE);
      return;
    }
    TeamConfig rules = reader.team(row.name(), row.rules());
    teams.put(row.name(), StoredTeam.of(row, rules));
    changed.put(Subject.team(row.name()), rules.limits());
  }

  /** Remembers whether a key's requests are to end; true when that is new. */
  private boolean cuts(StoredKey key, @Nullable StoredKey before) {
    boolean isNew = key.life().isRevoked() && (before == null || !before.life().isRevoked());
    if (isNew && before != null) {
      LOG.atInfo()
          .addKeyValue("event", "key_revoked")
          .addKeyValue("key_id", key.keyId())
          .addKeyValue("running", key.life().cut() ? "cut" : "finish")
          .log("the key {} is revoked", key.keyId());
    }
    return key.life().isRevoked() && key.life().cut() && cutIds.add(key.keyId());
  }

  /** Puts keys into force, their limits first. */
  private void update(
      Collection<StoredKey> touched, KeyRings before, Map<Subject, SubjectLimits> changed) {
    Map<Subject, SubjectLimits> next = new HashMap<>(changed);
    KeyRings.Changes changes = new KeyRings.Changes();
    for (StoredKey key : touched) {
      String name = key.holder().team();
      TeamConfig team = name == null ? null : team(name);
      if (name != null && team == null && reportedTeams.add(name)) {
        LOG.atError()
            .addKeyValue("event", "team_missing")
            .addKeyValue("team", name)
            .log("keys of the team {} may nothing, since there is no such team", name);
      }
      Rights bounds = name == null ? Rights.ALL : team == null ? NOTHING : team.rights();
      Rights rights = key.rules().rights().and(bounds);
      changes.put(key, sameRights.computeIfAbsent(rights, same -> same));
      SubjectLimits own = key.rules().limits();
      next.put(
          Subject.key(key.id()),
          key.life().isRevoked()
              ? SubjectLimits.NONE
              : own.isNone() && team != null ? team.defaultKey() : own);
    }
    limits.change(next);
    rings = changes.applyTo(before);
  }

  private void credit(CreditRow credit) {
    Subject subject = Subject.parse(credit.subject());
    if (subject != null) {
      limits
          .quotas()
          .credit(subject, Period.of(credit.period()), credit.period(), credit.nanodollars());
    }
  }

  /** The team of a name, of the configuration or the store; null when there is none. */
  public synchronized @Nullable TeamConfig team(String name) {
    TeamConfig ofFile = fileTeams.get(name);
    if (ofFile != null) {
      return ofFile;
    }
    StoredTeam stored = teams.get(name);
    return stored == null ? null : stored.rules();
  }

  /** Whether a subject has a budget in a period, so that a credit has an effect. */
  boolean hasBudget(Subject subject, Period period) {
    return limits.quotas().standing(subject, ticker.nanos(), limits.today()).stream()
        .anyMatch(limit -> limit.kind() == LimitKind.BUDGET && limit.period() == period);
  }

  /** The key of the current period. */
  String today(Period period) {
    return period.key(limits.today());
  }

  /** The configuration in use. */
  public synchronized AccessConfig file() {
    return file;
  }

  /** The key of the configuration of that name. */
  public synchronized Optional<KeyConfig> fileKey(String name) {
    return file.keys().stream().filter(key -> key.name().equals(name)).findFirst();
  }

  /** The stored key of an id. */
  public synchronized Optional<StoredKey> key(String id) {
    return Optional.ofNullable(keys.get(id));
  }

  /** All stored keys. */
  public synchronized List<StoredKey> keys() {
    return new ArrayList<>(keys.values());
  }

  /** All stored teams. */
  public synchronized List<StoredTeam> teams() {
    return new ArrayList<>(teams.values());
  }

  /** The teams that stored keys need and {@code next} lacks, which the running one has. */
  public synchronized List<String> missing(AccessConfig next) {
    Set<String> known =
        next.teams().stream().map(TeamConfig::name).collect(Collectors.toCollection(HashSet::new));
    known.addAll(teams.keySet());
    return keys.values().stream()
        .filter(key -> !key.life().isRevoked())
        .map(key -> key.holder().team())
        .filter(Objects::nonNull)
        .filter(name -> !known.contains(name) && fileTeams.containsKey(name))
        .distinct()
        .sorted()
        .toList();
  }
}
