package com.langdock.reliability.gateway;

import com.langdock.reliability.gateway.config.ProviderConfig;
import com.langdock.reliability.gateway.config.UpstreamConfig;
import com.langdock.reliability.gateway.config.cloud.AwsConfig;
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
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The upstreams of the providers of one configuration, shared by all event loops. Immutable. */
final class Upstreams {
  private final Function<String, UpstreamObserver> watchers;
  private final Map<String, ProviderConfig> providers = new HashMap<>();
  private final Map<String, Upstream> upstreams = new HashMap<>();

  /** Providers with the same certificates share them, and the JVM's, in memory. */
  private final Map<TlsKey, UpstreamTls> tls = new HashMap<>();

  private Upstreams(Function<String, UpstreamObserver> watchers) {
    this.watchers = watchers;
  }

  /**
   * The upstreams of {@code providers}.
   *
   * @param watchers hear what the provider of that name should not do
   */
  static Upstreams of(List<ProviderConfig> providers, Function<String, UpstreamObserver> watchers) {
    return new Upstreams(watchers).next(providers);
  }

  /** The upstreams of the next configuration; what is connected to as before keeps its own. */
  Upstreams next(List<ProviderConfig> others) {
    Upstreams next = new Upstreams(watchers);
    for (ProviderConfig provider : others) {
      UpstreamTls certificates = next.tls(TlsKey.of(provider.upstream()), this);
      Upstream kept = kept(provider);
      next.providers.put(provider.name(), provider);
      next.upstreams.put(
          provider.name(), kept == null ? next.upstream(provider, certificates) : kept);
    }
    return next;
  }

  /** The upstream of {@code provider}, which is one of the configuration. */
  Upstream of(ProviderConfig provider) {
    return Objects.requireNonNull(upstreams.get(provider.name()));
  }

  private @Nullable Upstream kept(ProviderConfig provider) {
    ProviderConfig before = providers.get(provider.name());
    boolean isSame = before != null && before.isConnectedToLike(provider);
    return isSame ? upstreams.get(provider.name()) : null;
  }

  private UpstreamTls tls(TlsKey key, Upstreams before) {
    UpstreamTls known = before.tls.get(key);
    return tls.computeIfAbsent(key, missing -> known == null ? key.tls() : known);
  }

  /** What takes the secrets and the address of {@code provider} out of its words. */
  static Redactor redactor(ProviderConfig provider) {
    ProviderFormat format = ProviderFormats.of(provider);
    String credential = provider.apiKey() == null ? "" : provider.apiKey().reveal();
    Set<String> secrets = new HashSet<>(format.headers(credential).values());
    secrets.removeAll(format.headers("").values());
    secrets.add(credential);
    secrets.addAll(provider.headers().values());
    AwsConfig aws = provider.aws();
    if (aws != null && aws.keys() != null) {
      secrets.add(aws.keys().secretAccessKey().reveal());
      secrets.add(aws.keys().sessionToken() == null ? "" : aws.keys().sessionToken().reveal());
    }
    if (aws != null && aws.login() != null) {
      aws.login().secrets().forEach(secrets::add);
    }
    UpstreamConfig.Proxy proxy = provider.upstream().proxy();
    if (proxy != null && proxy.password() != null) {
      secrets.add(proxy.password().reveal());
    }
    return Redactor.of(provider.baseUrl(), secrets);
  }

  private Upstream upstream(ProviderConfig provider, UpstreamTls certificates) {
    String credential = provider.apiKey() == null ? "" : provider.apiKey().reveal();
    // A header of the configuration replaces the format's own, in any case.
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(ProviderFormats.of(provider).headers(credential));
    headers.putAll(provider.headers());
    return new Upstream(
        provider.baseUrl(),
        headers,
        certificates,
        proxy(provider.upstream().proxy()),
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
