package com.langdock.reliability.gateway.keys.store;

import com.langdock.reliability.core.access.ClientKey;
import com.langdock.reliability.core.access.KeyHash;
import org.jspecify.annotations.Nullable;

/**
 * A key as it is stored, without its secret.
 *
 * @param id 12 characters
 * @param rules its rights, priority, limits and metadata, in JSON
 * @param version of its last change
 */
public record KeyRow(
    String id, String name, Holder holder, String rules, Secrets secrets, Life life, long version) {

  /**
   * Whose it is.
   *
   * @param team whose rights and limits bound it; null for none
   * @param owner a note
   */
  public record Holder(@Nullable String team, @Nullable String owner) {}

  /**
   * What opens the gateway.
   *
   * @param old the hash of the secret before, null for none
   * @param oldUntil when the old one ends, in milliseconds since 1970
   */
  public record Secrets(KeyHash hash, @Nullable KeyHash old, long oldUntil) {}

  /**
   * When it works, in milliseconds since 1970.
   *
   * @param expiresAt {@link ClientKey#NEVER} for never
   * @param off whether it is refused until it is switched on again
   * @param revokedAt zero for a key that is not revoked
   * @param cut whether its running requests ended when it was revoked
   */
  public record Life(long createdAt, long expiresAt, boolean off, long revokedAt, boolean cut) {
    /** Whether it is refused for ever. */
    public boolean isRevoked() {
      return revokedAt != 0;
    }
  }
}
