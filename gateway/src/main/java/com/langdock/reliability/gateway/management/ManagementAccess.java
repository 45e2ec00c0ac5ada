package com.langdock.reliability.gateway.management;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may use the management port.
 *
 * @param local whether the port listens on loopback only
 * @param token required as {@code Authorization: Bearer}; null for none
 * @param hosts names in a {@code Host} header that are answered beside localhost and addresses, in
 *     lower case
 */
public record ManagementAccess(boolean local, @Nullable String token, Set<String> hosts) {
  /** For a port of this machine, without a token. */
  public static final ManagementAccess LOCAL = new ManagementAccess(true, null, Set.of());

  /** Keeps an immutable copy. */
  public ManagementAccess {
    hosts = Set.copyOf(hosts);
  }

  /** Leaves out the token. */
  @Override
  public String toString() {
    return "ManagementAccess[local=%s, token=%s, hosts=%s]"
        .formatted(local, token == null ? "none" : "***", hosts);
  }
}
