package com.langdock.reliability.gateway.config;

import com.langdock.reliability.gateway.config.UpstreamConfig.ClientCertificate;
import com.langdock.reliability.gateway.config.tls.PemFile;
import com.langdock.reliability.yaml.Item;
import com.langdock.reliability.yaml.Section;
import com.langdock.reliability.yaml.SourceLocation;
import java.net.URI;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the connection settings: those for all providers, then each provider's own. */
final class UpstreamReader {
  private final Section upstream;
  private final ProxyRules proxies;
  private final List<X509Certificate> ofFile = new ArrayList<>();
  private @Nullable List<X509Certificate> ofEnvironment;

  /** Reads the section {@code upstream}. */
  UpstreamReader(Section upstream) {
    this.upstream = upstream;
    this.proxies = new ProxyRules(upstream);
    for (Item file : upstream.textOrTexts("ca")) {
      ofFile.addAll(PemFile.certificates(file.value(), file.place()));
    }
  }

  /** Reads {@code tls} and {@code proxy} of the section {@code provider}. */
  UpstreamConfig read(Section provider, URI baseUrl) {
    boolean isHttps = baseUrl.getScheme().equals("https");
    List<X509Certificate> authorities = new ArrayList<>(ofFile);
    if (isHttps) {
      authorities.addAll(ofEnvironment());
    }
    Optional<ClientCertificate> certificate = provider.section("tls", tls -> tls(tls, authorities));
    if (!isHttps && provider.has("tls")) {
      provider.place("tls").warn("is of no use with a base_url of http");
    }
    return new UpstreamConfig(
        authorities, certificate.orElse(null), proxies.proxy(provider, baseUrl).orElse(null));
  }

  /** Read only if TLS is used: the file may have hundreds of certificates. */
  private List<X509Certificate> ofEnvironment() {
    List<X509Certificate> read = ofEnvironment;
    if (read == null) {
      read =
          upstream
              .environment("SSL_CERT_FILE")
              .map(file -> PemFile.certificates(file.value(), file.place()))
              .orElse(List.of());
      ofEnvironment = read;
    }
    return read;
  }

  private static Optional<ClientCertificate> tls(Section tls, List<X509Certificate> authorities) {
    for (Item file : tls.textOrTexts("ca")) {
      authorities.addAll(PemFile.certificates(file.value(), file.place()));
    }
    SourceLocation certPlace = tls.place("cert");
    SourceLocation keyPlace = tls.place("key");
    Optional<String> cert = tls.value("cert").text();
    Optional<String> key = tls.value("key").text();
    if (tls.has("cert") != tls.has("key")) {
      (tls.has("cert") ? certPlace : keyPlace).reject("needs both cert and key");
    }
    if (cert.isEmpty() || key.isEmpty()) {
      return Optional.empty();
    }
    List<X509Certificate> chain = PemFile.certificates(cert.get(), certPlace);
    Optional<PrivateKey> secret = PemFile.privateKey(key.get(), keyPlace);
    if (chain.isEmpty() || secret.isEmpty()) {
      return Optional.empty();
    }
    if (!PemFile.isPair(chain.getFirst(), secret.get())) {
      keyPlace.reject("does not fit the certificate in cert");
    }
    return Optional.of(new ClientCertificate(chain, secret.get()));
  }
}
