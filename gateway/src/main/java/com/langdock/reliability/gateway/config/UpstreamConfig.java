package com.langdock.reliability.gateway.config;

import com.langdock.reliability.gateway.config.cloud.Credential;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one provider is connected to.
 *
 * @param authorities trusted beside those of the JVM
 * @param certificate ours, for a provider that asks for one; null for none
 * @param proxy in between; null for a direct connection
 */
public record UpstreamConfig(
    List<X509Certificate> authorities,
    @Nullable ClientCertificate certificate,
    @Nullable Proxy proxy) {
  /** Keeps a copy. */
  public UpstreamConfig {
    authorities = List.copyOf(authorities);
  }

  /**
   * A certificate of ours.
   *
   * @param chain the certificate itself first
   */
  public record ClientCertificate(List<X509Certificate> chain, PrivateKey key) {
    /** Keeps a copy. */
    public ClientCertificate {
      chain = List.copyOf(chain);
    }

    /** Omits secrets. */
    @Override
    public String toString() {
      return "ClientCertificate[certificates=%d]".formatted(chain.size());
    }
  }

  /**
   * An HTTP proxy.
   *
   * @param user null where the proxy wants no credentials
   */
  public record Proxy(String host, int port, @Nullable String user, Credential password) {}

  /** Leaves out the certificates, which are long. */
  @Override
  public String toString() {
    return "UpstreamConfig[authorities=%d, certificate=%s, proxy=%s]"
        .formatted(authorities.size(), certificate, proxy);
  }
}
