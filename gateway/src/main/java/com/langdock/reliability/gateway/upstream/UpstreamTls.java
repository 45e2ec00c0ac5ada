package com.langdock.reliability.gateway.upstream;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * TLS to providers: certificates and host names are always checked, and TLS is 1.2 or 1.3. Shared
 * by all event loops; loads the JVM's authorities on first use.
 */
public final class UpstreamTls {
  private final List<X509Certificate> authorities;
  private final @Nullable Identity identity;
  private volatile @Nullable SslContext context;

  /**
   * TLS that trusts the JVM's authorities and more.
   *
   * @param authorities trusted beside those of the JVM
   * @param identity shown to a provider that asks for a certificate; null for none
   */
  public UpstreamTls(List<X509Certificate> authorities, @Nullable Identity identity) {
    this.authorities = List.copyOf(authorities);
    this.identity = identity;
  }

  /** A certificate of ours, with its chain, and its key. */
  public record Identity(List<X509Certificate> chain, PrivateKey key) {
    /** Keeps a copy. */
    public Identity {
      chain = List.copyOf(chain);
    }

    /** Omits secrets. */
    @Override
    public String toString() {
      return "Identity[certificates=%d]".formatted(chain.size());
    }
  }

  /** Whether the authorities are loaded, so that {@link #handler} reads no files. */
  boolean isLoaded() {
    return context != null;
  }

  /** Loads the authorities, once; reads files. */
  synchronized SslContext load() throws GeneralSecurityException, IOException {
    SslContext loaded = context;
    if (loaded == null) {
      loaded = build();
      context = loaded;
    }
    return loaded;
  }

  /** A TLS handler for {@code channel} to the provider {@code host}, whose name is checked. */
  SslHandler handler(Channel channel, String host, int port)
      throws GeneralSecurityException, IOException {
    SslHandler handler = load().newHandler(channel.alloc(), host, port);
    handler.setHandshakeTimeoutMillis(0); // whoever waits for the connection cancels it
    return handler;
  }

  private SslContext build() throws GeneralSecurityException, IOException {
    SslContextBuilder builder =
        SslContextBuilder.forClient()
            .sslProvider(SslProvider.JDK)
            .endpointIdentificationAlgorithm("HTTPS")
            .protocols("TLSv1.3", "TLSv1.2");
    if (!authorities.isEmpty()) {
      builder.trustManager(trust());
    }
    if (identity != null) {
      builder.keyManager(identity.key(), identity.chain());
    }
    return builder.build();
  }

  /** The JVM's authorities, from the location in its properties, and the configured ones. */
  private TrustManagerFactory trust() throws GeneralSecurityException, IOException {
    KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
    all.load(null, null);
    int number = 0;
    for (TrustManager manager : factory(null).getTrustManagers()) {
      if (manager instanceof X509TrustManager standard) {
        for (X509Certificate authority : standard.getAcceptedIssuers()) {
          all.setCertificateEntry("jvm-" + number++, authority);
        }
      }
    }
    for (X509Certificate authority : authorities) {
      all.setCertificateEntry("own-" + number++, authority);
    }
    return factory(all);
  }

  private static TrustManagerFactory factory(@Nullable KeyStore authorities)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(authorities);
    return factory;
  }
}
