package com.langdock.reliability.gateway.keys;

import com.langdock.reliability.core.access.ClientKey;
import com.langdock.reliability.core.access.KeyHash;
import com.langdock.reliability.core.access.KeyRing;
import com.langdock.reliability.core.access.Rights;
import com.langdock.reliability.gateway.keys.store.KeyRow;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The stored keys by their secrets. Immutable.
 *
 * @param current their secrets
 * @param old those before, which work for a time
 */
record KeyRings(KeyRing<ClientKey> current, KeyRing<Old> old) {
  static final KeyRings EMPTY = new KeyRings(KeyRing.of(Map.of()), KeyRing.of(Map.of()));

  /** A key by its old secret, until a moment in milliseconds since 1970. */
  record Old(ClientKey key, long until) {}

  /** The key of this SHA-256 at {@code unixMillis}, null for an unknown one. */
  @Nullable ClientKey find(byte[] digest, long unixMillis) {
    ClientKey found = current.find(digest);
    if (found != null || old.size() == 0) {
      return found;
    }
    Old before = old.find(digest);
    return before == null || unixMillis >= before.until ? null : before.key;
  }

  /** Collects what changes. */
  static final class Changes {
    private final Map<KeyHash, ClientKey> put = new HashMap<>();
    private final Map<KeyHash, Old> putOld = new HashMap<>();
    private final Set<KeyHash> removed = new HashSet<>();

    /** Removes the secrets that a key had. */
    void remove(StoredKey before) {
      removed.add(before.secrets().hash());
      KeyHash old = before.secrets().old();
      if (old != null) {
        removed.add(old);
      }
    }

    /** Adds a key with what it may do; not one that is switched off or revoked. */
    void put(StoredKey key, Rights rights) {
      KeyRow.Life life = key.life();
      if (life.off() || life.isRevoked()) {
        return;
      }
      ClientKey client =
          new ClientKey(
              key.keyId(),
              key.name(),
              key.holder().team(),
              rights,
              key.rules().priority(),
              life.expiresAt(),
              key.rules().metadata());
      put.put(key.secrets().hash(), client);
      KeyHash old = key.secrets().old();
      if (old != null) {
        putOld.put(old, new Old(client, key.secrets().oldUntil()));
      }
    }

    /** The rings after these changes of {@code before}. */
    KeyRings applyTo(KeyRings before) {
      return new KeyRings(before.current.with(put, removed), before.old.with(putOld, removed));
    }
  }
}
