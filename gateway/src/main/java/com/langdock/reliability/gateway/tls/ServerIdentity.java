package com.langdock.reliability.gateway.tls;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What a port shows to its clients, and asks of them.
 *
 * @param chain the certificate itself first
 * @param key of the certificate
 * @param authorities that sign the certificates of clients
 * @param asked whether clients show one
 */
public record ServerIdentity(
    List<X509Certificate> chain,
    PrivateKey key,
    List<X509Certificate> authorities,
    ClientCertificate asked) {
  /** Whether a client shows a certificate. */
  public enum ClientCertificate {
    /** It is not asked for one. */
    NONE,
    /** It is asked; one that it shows must be valid. */
    REQUEST,
    /** It must show a valid one. */
    REQUIRE
  }

  /** Keeps copies. */
  public ServerIdentity {
    chain = List.copyOf(chain);
    authorities = List.copyOf(authorities);
  }

  /** Omits secrets. */
  @Override
  public String toString() {
    return "ServerIdentity[certificates=%d, asked=%s]".formatted(chain.size(), asked);
  }
}
