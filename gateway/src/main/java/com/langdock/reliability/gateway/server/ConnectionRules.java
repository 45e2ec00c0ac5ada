package com.langdock.reliability.gateway.server;

import com.langdock.reliability.core.domain.TrustedProxies;
import com.langdock.reliability.gateway.tls.ServerTls;
import org.jspecify.annotations.Nullable;

/**
 * How connections begin.
 *
 * @param tls null where the port does without
 * @param proxies whose word counts for where a request comes from
 * @param proxyProtocol whether each connection begins with a header of a trusted proxy
 * @param refusals counts connections that do not
 */
public record ConnectionRules(
    @Nullable ServerTls tls,
    TrustedProxies proxies,
    boolean proxyProtocol,
    ProxyRefusals refusals) {
  /** Without TLS and proxies. */
  public static final ConnectionRules PLAIN =
      new ConnectionRules(null, TrustedProxies.NONE, false, new ProxyRefusals());
}
