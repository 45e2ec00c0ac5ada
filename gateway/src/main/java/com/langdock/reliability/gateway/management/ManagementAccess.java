package com.langdock.reliability.gateway.management;

import com.langdock.reliability.core.access.KeyRing;
import com.langdock.reliability.core.domain.TrustedProxies;
import java.util.Map;
import java.util.Set;

/**
 * Who may use the management port.
 *
 * @param local whether the port listens on loopback only
 * @param tokens sent as {@code Authorization: Bearer}; where there are none, none is needed
 * @param openMetrics whether the metrics need none
 * @param hosts names in a {@code Host} header that are answered beside localhost and addresses, in
 *     lower case
 * @param proxies whose word counts for where a request comes from
 */
public record ManagementAccess(
    boolean local,
    KeyRing<AdminToken> tokens,
    boolean openMetrics,
    Set<String> hosts,
    TrustedProxies proxies) {
  /** For a port of this machine, without a token. */
  public static final ManagementAccess LOCAL =
      new ManagementAccess(true, KeyRing.of(Map.of()), false, Set.of(), TrustedProxies.NONE);

  /** Keeps an immutable copy. */
  public ManagementAccess {
    hosts = Set.copyOf(hosts);
  }

  /** Whether a token is needed. */
  boolean needsToken() {
    return tokens.size() > 0;
  }
}
