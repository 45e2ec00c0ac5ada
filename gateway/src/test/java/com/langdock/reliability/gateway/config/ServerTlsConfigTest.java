package com.langdock.reliability.gateway.config;

import static com.langdock.reliability.gateway.config.Configs.PROVIDERS;
import static com.langdock.reliability.gateway.config.Configs.loaded;
import static com.langdock.reliability.gateway.config.Configs.problems;
import static com.langdock.reliability.gateway.config.Configs.warnings;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.TrustedProxies;
import com.langdock.reliability.gateway.config.tls.ClientAuth;
import com.langdock.reliability.gateway.config.tls.ServerTlsConfig;
import com.langdock.reliability.gateway.tls.TestAuthority;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS and proxies of our own ports: what is read, and what is wrong. */
final class ServerTlsConfigTest {
  private static @TempDir Path folder;
  private static TestAuthority authority;
  private static TestAuthority.Pem good;
  private static TestAuthority.Pem other;

  @BeforeAll
  static void issue() throws Exception {
    authority = new TestAuthority(folder);
    good = authority.issue("good", 100);
    other = authority.issue("other", 100);
    ownerOnly(good);
    ownerOnly(other);
  }

  private static void ownerOnly(TestAuthority.Pem files) throws Exception {
    Files.setPosixFilePermissions(files.key(), PosixFilePermissions.fromString("rw-------"));
  }

  private static String server(Path cert, Path key, String more) {
    return PROVIDERS + "server: {tls: {cert: '%s', key: '%s'%s}}\n".formatted(cert, key, more);
  }

  @Nested
  final class FilesOfAPort {
    @Test
    void ofBothPortsAreRead() throws Exception {
      String ca = ", client_ca: '" + authority.certificate() + "', client_auth: request";
      GatewayConfig config =
          loaded(
              server(good.cert(), good.key(), ca)
                  + "management: {tls: {cert: '%s', key: '%s', client_ca: ''}}\n"
                      .formatted(other.cert(), other.key()));
      ServerTlsConfig data = Objects.requireNonNull(config.server().connections().tls());
      assertThat(data.clientAuth()).isEqualTo(ClientAuth.REQUEST);
      assertThat(data.contents().chain()).hasSize(2);
      assertThat(data.contents().authorities()).hasSize(1);
      assertThat(data.toString()).doesNotContain("PRIVATE", "RSA", "EC ");
      ServerTlsConfig management = Objects.requireNonNull(config.management().tls());
      assertThat(management.clientAuth()).isEqualTo(ClientAuth.NONE);
      assertThat(management.files().cert()).isEqualTo(other.cert().toString());
    }

    @Test
    void areOptional() {
      assertThat(loaded(PROVIDERS).server().connections().tls()).isNull();
      assertThat(loaded(PROVIDERS).management().tls()).isNull();
    }

    @Test
    void thatAreMissingAreNamed() {
      Path nowhere = folder.resolve("nowhere.pem");
      assertThat(problems(server(nowhere, nowhere, "")))
          .containsExactly(
              "2: server.tls.cert: does not exist: " + nowhere,
              "2: server.tls.key: does not exist: " + nowhere);
      assertThat(problems(PROVIDERS + "management: {tls: {}}\n"))
          .containsExactly(
              "2: management.tls.cert: is required: a PEM file",
              "2: management.tls.key: is required: a PEM file");
    }

    @Test
    void thatDoNotFitAreRefused() {
      assertThat(problems(server(good.cert(), other.key(), "")))
          .containsExactly("2: server.tls.key: does not fit the certificate in cert");
      assertThat(problems(server(good.key(), good.cert(), "")))
          .containsExactly(
              "2: server.tls.cert: has no -----BEGIN CERTIFICATE-----: " + good.key(),
              "2: server.tls.key: has no -----BEGIN PRIVATE KEY-----: " + good.cert());
    }

    @Test
    void thatHaveExpiredOrAreNotValidYetAreRefused() throws Exception {
      TestAuthority.Pem expired = authority.issueExpired("expired");
      TestAuthority.Pem early = authority.issueForTomorrow("early");
      assertThat(problems(server(expired.cert(), expired.key(), "")))
          .singleElement()
          .asString()
          .startsWith("2: server.tls.cert: has a certificate that expired at 2")
          .endsWith("of CN=expired: " + expired.cert());
      assertThat(problems(server(early.cert(), early.key(), "")))
          .singleElement()
          .asString()
          .startsWith("2: server.tls.cert: has a certificate that is not valid before 2");
    }

    @Test
    void thatExpireSoonAreAWarning() throws Exception {
      TestAuthority.Pem soon = authority.issue("soon", 13);
      ownerOnly(soon);
      assertThat(warnings(server(soon.cert(), soon.key(), "")))
          .singleElement()
          .asString()
          .startsWith("2: server.tls.cert: has a certificate that expires in 12 days, at 2");
      assertThat(warnings(server(good.cert(), good.key(), ""))).isEmpty();
    }

    @Test
    void thatEverybodyMayReadAreAWarning() throws Exception {
      TestAuthority.Pem open = authority.issue("open", 100);
      Files.setPosixFilePermissions(open.key(), PosixFilePermissions.fromString("rw-r--r--"));
      assertThat(warnings(server(open.cert(), open.key(), "")))
          .containsExactly(
              "2: server.tls.key: may be read by every user of this machine; chmod o-rwx "
                  + open.key());
    }
  }

  @Test
  void whoAsksForCertificatesNeedsAnAuthority() throws Exception {
    assertThat(problems(server(good.cert(), good.key(), ", client_auth: require")))
        .containsExactly(
            "2: server.tls.client_ca: is required where clients show a certificate: client_auth");
    assertThat(problems(server(good.cert(), good.key(), ", client_auth: always")))
        .containsExactly(
            "2: server.tls.client_auth: must be none or request or require, not \"always\"");
    assertThat(
            warnings(
                server(good.cert(), good.key(), ", client_ca: '" + authority.certificate() + "'")))
        .containsExactly("2: server.tls.client_ca: is of no use with client_auth: none");
  }

  @Nested
  final class Proxies {
    @Test
    void areAddressesAndNetworks() {
      TrustedProxies proxies =
          loaded(PROVIDERS + "server: {trusted_proxies: [10.0.0.0/8, 'fd00::/8', 192.0.2.1]}\n")
              .server()
              .connections()
              .proxies();
      assertThat(proxies.trusts(InetAddress.ofLiteral("10.1.1.1"))).isTrue();
      assertThat(proxies.trusts(InetAddress.ofLiteral("fd12::1"))).isTrue();
      assertThat(proxies.trusts(InetAddress.ofLiteral("192.0.2.1"))).isTrue();
      assertThat(proxies.trusts(InetAddress.ofLiteral("192.0.2.2"))).isFalse();
    }

    @Test
    void areNoNames() {
      assertThat(problems(PROVIDERS + "server: {trusted_proxies: [nginx, 10.0.0.0/33]}\n"))
          .containsExactly(
              "2: server.trusted_proxies[0]: must be an address or a network such as"
                  + " 10.0.0.0/8 or fd00::/8",
              "2: server.trusted_proxies[1]: must be an address or a network such as"
                  + " 10.0.0.0/8 or fd00::/8");
    }

    @Test
    void areNeededForTheirProtocol() {
      assertThat(problems(PROVIDERS + "server: {proxy_protocol: true}\n"))
          .containsExactly(
              "2: server.proxy_protocol: needs server.trusted_proxies, the addresses whose headers"
                  + " are believed");
    }
  }
}
