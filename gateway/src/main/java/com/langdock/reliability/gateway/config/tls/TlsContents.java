package com.langdock.reliability.gateway.config.tls;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/**
 * What the files of a port contain.
 *
 * @param chain the certificate itself first
 * @param key of the certificate
 * @param authorities that sign the certificates of clients; none where none are asked for
 */
public record TlsContents(
    List<X509Certificate> chain, PrivateKey key, List<X509Certificate> authorities) {
  /** Keeps copies. */
  public TlsContents {
    chain = List.copyOf(chain);
    authorities = List.copyOf(authorities);
  }

  /** When the first certificate of the chain expires. */
  public Instant expires() {
    return chain.stream()
        .map(certificate -> certificate.getNotAfter().toInstant())
        .min(Instant::compareTo)
        .orElse(Instant.MAX);
  }

  /** Omits secrets. */
  @Override
  public String toString() {
    return "TlsContents[certificates=%d]".formatted(chain.size());
  }
}
