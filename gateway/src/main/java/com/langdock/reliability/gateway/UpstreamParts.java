package com.langdock.reliability.gateway;

import com.langdock.reliability.gateway.config.ProviderConfig;
import com.langdock.reliability.gateway.config.UpstreamConfig;
import com.langdock.reliability.gateway.exchange.ProviderFormat;
import com.langdock.reliability.gateway.exchange.Redactor;
import com.langdock.reliability.gateway.upstream.Upstream;
import com.langdock.reliability.gateway.upstream.UpstreamObserver;
import com.langdock.reliability.gateway.upstream.UpstreamProxy;
import com.langdock.reliability.gateway.upstream.UpstreamTls;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes what all event loops share of each provider. */
final class UpstreamParts {
  private final Function<String, UpstreamObserver> watchers;

  /** Providers with the same certificates share them, and the JVM's, in memory. */
  private final Map<TlsKey, UpstreamTls> tls = new HashMap<>();

  UpstreamParts(Function<String, UpstreamObserver> watchers) {
    this.watchers = watchers;
  }

  /** The providers by their names. */
  Map<String, Upstream> upstreams(List<ProviderConfig> providers) {
    Map<String, Upstream> upstreams = new HashMap<>();
    providers.forEach(provider -> upstreams.put(provider.name(), upstream(provider)));
    return upstreams;
  }

  /** What takes the secrets and the address of {@code provider} out of its words. */
  static Redactor redactor(ProviderConfig provider) {
    ProviderFormat format = ProviderFormats.of(provider);
    String credential = provider.apiKey() == null ? "" : provider.apiKey().reveal();
    Set<String> secrets = new HashSet<>(format.headers(credential).values());
    secrets.removeAll(format.headers("").values());
    secrets.add(credential);
    secrets.addAll(provider.headers().values());
    UpstreamConfig.Proxy proxy = provider.upstream().proxy();
    if (proxy != null && proxy.password() != null) {
      secrets.add(proxy.password().reveal());
    }
    return Redactor.of(provider.baseUrl(), secrets);
  }

  private Upstream upstream(ProviderConfig provider) {
    String credential = provider.apiKey() == null ? "" : provider.apiKey().reveal();
    // A header of the configuration replaces the format's own, in any case.
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(ProviderFormats.of(provider).headers(credential));
    headers.putAll(provider.headers());
    UpstreamConfig config = provider.upstream();
    return new Upstream(
        provider.baseUrl(),
        headers,
        tls.computeIfAbsent(TlsKey.of(config), key -> key.tls()),
        proxy(config.proxy()),
        watchers.apply(provider.name()));
  }

  private static @Nullable UpstreamProxy proxy(UpstreamConfig.@Nullable Proxy proxy) {
    if (proxy == null) {
      return null;
    }
    return proxy.user() == null
        ? new UpstreamProxy(proxy.host(), proxy.port(), null)
        : UpstreamProxy.withLogin(
            proxy.host(), proxy.port(), proxy.user(), proxy.password().reveal());
  }

  private record TlsKey(
      List<X509Certificate> authorities, UpstreamConfig.@Nullable ClientCertificate certificate) {
    static TlsKey of(UpstreamConfig config) {
      return new TlsKey(config.authorities(), config.certificate());
    }

    UpstreamTls tls() {
      return new UpstreamTls(
          authorities,
          certificate == null
              ? null
              : new UpstreamTls.Identity(certificate.chain(), certificate.key()));
    }
  }
}
