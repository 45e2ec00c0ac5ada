package com.langdock.reliability.gateway.keys;

import com.langdock.reliability.gateway.config.access.KeyRules;
import com.langdock.reliability.gateway.keys.store.KeyRow;

/**
 * A key of the store.
 *
 * @param id 12 characters
 * @param version of its last change
 */
public record StoredKey(
    String id,
    String name,
    KeyRow.Holder holder,
    KeyRules rules,
    KeyRow.Secrets secrets,
    KeyRow.Life life,
    long version) {
  /** What stands before the id or name of a key where it is named. */
  public static final String PREFIX = "key:";

  static StoredKey of(KeyRow row, KeyRules rules) {
    return new StoredKey(
        row.id(), row.name(), row.holder(), rules, row.secrets(), row.life(), row.version());
  }

  KeyRow row() {
    return new KeyRow(id, name, holder, RulesJson.of(rules), secrets, life, version);
  }

  /** By which it is named everywhere. */
  public String keyId() {
    return PREFIX + id;
  }

  /** Whether it works at {@code unixMillis}. */
  public KeyState state(long unixMillis) {
    if (life.isRevoked()) {
      return KeyState.REVOKED;
    }
    if (life.off()) {
      return KeyState.OFF;
    }
    return unixMillis >= life.expiresAt() ? KeyState.EXPIRED : KeyState.ACTIVE;
  }
}
