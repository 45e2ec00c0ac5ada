package com.langdock.reliability.gateway.config.tls;

import com.langdock.reliability.yaml.Section;
import com.langdock.reliability.yaml.Setting;
import java.time.Instant;
import java.util.Optional;

/**
 * TLS of one of our ports.
 *
 * @param contents of the files when the configuration was read
 * @param fingerprint of the files just before that
 */
public record ServerTlsConfig(
    TlsFiles files, ClientAuth clientAuth, TlsContents contents, String fingerprint) {
  /**
   * Reads the section {@code tls} of {@code port}; empty where there is none, or it has problems.
   */
  public static Optional<ServerTlsConfig> read(Section port, Instant now) {
    return port.has("tls") ? port.section("tls", section -> from(section, now)) : Optional.empty();
  }

  private static Optional<ServerTlsConfig> from(Section tls, Instant now) {
    Optional<String> cert = required(tls, "cert");
    Optional<String> key = required(tls, "key");
    Setting ca = tls.value("client_ca");
    Optional<String> clientCa = ca.isWord("") ? Optional.empty() : ca.text();
    ClientAuth clientAuth =
        tls.value("client_auth").choice(ClientAuth.class).orElse(ClientAuth.NONE);
    if (clientAuth != ClientAuth.NONE && clientCa.isEmpty()) {
      tls.place("client_ca").reject("is required where clients show a certificate: client_auth");
      return Optional.empty();
    }
    if (clientAuth == ClientAuth.NONE && clientCa.isPresent()) {
      tls.place("client_ca").warn("is of no use with client_auth: none");
    }
    if (cert.isEmpty() || key.isEmpty()) {
      return Optional.empty();
    }
    TlsFiles files = new TlsFiles(cert.get(), key.get(), clientCa.orElse(null));
    String fingerprint = files.fingerprint();
    return files
        .read(tls::place, now)
        .map(contents -> new ServerTlsConfig(files, clientAuth, contents, fingerprint));
  }

  private static Optional<String> required(Section tls, String key) {
    if (!tls.has(key)) {
      tls.place(key).reject("is required: a PEM file");
    }
    return tls.value(key).text();
  }
}
