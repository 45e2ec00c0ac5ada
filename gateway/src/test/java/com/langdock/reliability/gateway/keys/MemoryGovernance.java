package com.langdock.reliability.gateway.keys;

import com.langdock.reliability.core.access.ClientKey;
import com.langdock.reliability.core.access.KeyHash;
import com.langdock.reliability.gateway.keys.store.AuditRow;
import com.langdock.reliability.gateway.keys.store.CreditRow;
import com.langdock.reliability.gateway.keys.store.GovernanceRows;
import com.langdock.reliability.gateway.keys.store.GovernanceStore;
import com.langdock.reliability.gateway.keys.store.KeyRow;
import com.langdock.reliability.gateway.keys.store.TeamRow;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A store of keys that is only read, and fails when it is told to. */
final class MemoryGovernance implements GovernanceStore {
  final Map<String, KeyRow> keys = new HashMap<>();
  final Map<String, TeamRow> teams = new HashMap<>();
  final List<CreditRow> credits = new ArrayList<>();
  long version;
  int reads;
  boolean isAway;

  /** A key without rules of its own. */
  static KeyRow key(String id, String secret) {
    return key(id, secret, null, "{}");
  }

  static KeyRow key(String id, String secret, @Nullable String team, String rules) {
    return new KeyRow(
        id,
        "name-" + id,
        new KeyRow.Holder(team, null),
        rules,
        new KeyRow.Secrets(KeyHash.of(secret), null, 0),
        new KeyRow.Life(1, ClientKey.NEVER, false, 0, false),
        0);
  }

  /** The key with another life. */
  static KeyRow with(KeyRow key, KeyRow.Life life) {
    return new KeyRow(
        key.id(), key.name(), key.holder(), key.rules(), key.secrets(), life, key.version());
  }

  /** The key, revoked. */
  static KeyRow revoked(KeyRow key, boolean cut) {
    return with(key, new KeyRow.Life(1, ClientKey.NEVER, false, 5, cut));
  }

  void put(KeyRow key) {
    version++;
    keys.put(
        key.id(),
        new KeyRow(
            key.id(), key.name(), key.holder(), key.rules(), key.secrets(), key.life(), version));
  }

  void put(String team, String rules, boolean removed) {
    version++;
    teams.put(team, new TeamRow(team, rules, 1, removed ? 2 : 0, version));
  }

  @Override
  public long version() throws SQLException {
    if (isAway) {
      throw new SQLException("away");
    }
    return version;
  }

  @Override
  public GovernanceRows since(long after) {
    reads++;
    return new GovernanceRows(
        version,
        keys.values().stream().filter(key -> key.version() > after).toList(),
        teams.values().stream().filter(team -> team.version() > after).toList(),
        credits);
  }

  @Override
  public <T> T change(Change<T> change) {
    throw new UnsupportedOperationException("only read");
  }

  @Override
  public List<AuditRow> audit(long before, int most) {
    return List.of();
  }

  @Override
  public void seen(String replica, String host, long ofVersion) {}

  @Override
  public List<Lagging> lagging(String except, long ofVersion, long liveMillis) {
    return List.of();
  }
}
