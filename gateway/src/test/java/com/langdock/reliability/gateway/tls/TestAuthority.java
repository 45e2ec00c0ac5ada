package com.langdock.reliability.gateway.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate authority of a test, made by the JDK's keytool. */
public final class TestAuthority {
  private static final char[] PASSWORD = "changeit".toCharArray();

  private final Path folder;
  private final Path store;

  /** Files of one certificate. */
  public record Pem(Path cert, Path key) {
    /** Puts copies of {@code other} in their place, each at once. */
    public void replaceBy(Pem other) throws IOException {
      replace(key, other.key);
      replace(cert, other.cert);
    }

    private static void replace(Path old, Path other) throws IOException {
      Path made =
          Files.copy(other, old.resolveSibling("made"), StandardCopyOption.REPLACE_EXISTING);
      Files.move(made, old, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Copies in {@code folder}. */
    public Pem copyTo(Path folder) throws IOException {
      return new Pem(
          Files.copy(cert, folder.resolve("tls.crt")), Files.copy(key, folder.resolve("tls.key")));
    }
  }

  /** An authority with its files in {@code folder}. */
  public TestAuthority(Path folder) throws IOException, InterruptedException {
    this.folder = folder;
    this.store = folder.resolve("store.p12");
    keytool("ca", "-validity", "3650", "-ext", "bc:c");
  }

  /** A certificate for localhost and 127.0.0.1 that is valid for so many days. */
  public Pem issue(String name, int days) throws Exception {
    return issue(name, "-validity", Integer.toString(days));
  }

  /** A certificate that expired a day ago. */
  public Pem issueExpired(String name) throws Exception {
    return issue(name, "-startdate", "-2d", "-validity", "1");
  }

  /** A certificate that becomes valid tomorrow. */
  public Pem issueForTomorrow(String name) throws Exception {
    return issue(name, "-startdate", "+1d", "-validity", "20");
  }

  private Pem issue(String name, String... validity) throws Exception {
    Stream<String> more = Stream.of("-signer", "ca", "-ext", "san=dns:localhost,ip:127.0.0.1");
    keytool(name, Stream.concat(Stream.of(validity), more).toArray(String[]::new));
    return new Pem(certificate(name), key(name));
  }

  /** The authority's own certificate. */
  public Path certificate() throws Exception {
    return certificate("ca");
  }

  private Path certificate(String name) throws Exception {
    StringBuilder text = new StringBuilder();
    for (Certificate certificate : load().getCertificateChain(name)) {
      text.append(pem("CERTIFICATE", certificate.getEncoded()));
    }
    return Files.writeString(folder.resolve(name + ".crt"), text);
  }

  private Path key(String name) throws Exception {
    Key key = load().getKey(name, PASSWORD);
    return Files.writeString(folder.resolve(name + ".key"), pem("PRIVATE KEY", key.getEncoded()));
  }

  private static String pem(String label, byte[] encoded) {
    String lines = Base64.getMimeEncoder().encodeToString(encoded);
    return "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(label, lines, label);
  }

  private KeyStore load() throws IOException, GeneralSecurityException {
    KeyStore loaded = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      loaded.load(in, PASSWORD);
    }
    return loaded;
  }

  /**
   * A client's TLS that trusts this authority.
   *
   * @param identity the authority and the name of the certificate that it shows; none where empty
   */
  public SSLContext client(Identity... identity) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("ca", load().getCertificate("ca"));
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    KeyStore own = KeyStore.getInstance("PKCS12");
    own.load(null, null);
    for (Identity one : identity) {
      KeyStore from = one.authority.load();
      own.setKeyEntry(
          "own", from.getKey(one.name, PASSWORD), PASSWORD, from.getCertificateChain(one.name));
    }
    keys.init(own, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  /** A certificate that {@code authority} has issued under {@code name}. */
  public record Identity(TestAuthority authority, String name) {}

  private void keytool(String alias, String... more) throws IOException, InterruptedException {
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    List<String> command =
        Stream.concat(
                Stream.of(
                    keytool,
                    "-genkeypair",
                    "-alias",
                    alias,
                    "-keyalg",
                    "EC",
                    "-groupname",
                    "secp256r1",
                    "-dname",
                    "CN=" + alias.toLowerCase(Locale.ROOT),
                    "-storepass",
                    new String(PASSWORD),
                    "-keystore",
                    store.toString()),
                Stream.of(more))
            .toList();
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }
}
