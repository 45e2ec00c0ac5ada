package com.langdock.reliability.gateway.config.tls;

import com.langdock.reliability.yaml.SourceLocation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The files of a port's TLS, all PEM.
 *
 * @param cert the certificate and its chain
 * @param key of the certificate
 * @param clientCa authorities that sign the certificates of clients; null for none
 */
public record TlsFiles(String cert, String key, @Nullable String clientCa) {
  /** From so long before its end a certificate should be replaced. */
  public static final Duration SOON = Duration.ofDays(14);

  /**
   * Reads them.
   *
   * @param places of the settings {@code cert}, {@code key} and {@code client_ca}, by name, where
   *     problems are noted
   * @return what can be used at {@code now}, empty when something is wrong
   */
  public Optional<TlsContents> read(Function<String, SourceLocation> places, Instant now) {
    SourceLocation certPlace = places.apply("cert");
    SourceLocation keyPlace = places.apply("key");
    List<X509Certificate> chain = PemFile.certificates(cert, certPlace);
    Optional<PrivateKey> secret = PemFile.privateKey(key, keyPlace);
    List<X509Certificate> authorities =
        clientCa == null ? List.of() : PemFile.certificates(clientCa, places.apply("client_ca"));
    boolean isValid = !chain.isEmpty() && isValid(chain, certPlace, now);
    if (chain.isEmpty() || secret.isEmpty()) {
      return Optional.empty();
    }
    warnOfReaders(keyPlace);
    if (!PemFile.isPair(chain.getFirst(), secret.get())) {
      keyPlace.reject("does not fit the certificate in cert");
      return Optional.empty();
    }
    return isValid && (clientCa == null || !authorities.isEmpty())
        ? Optional.of(new TlsContents(chain, secret.get(), authorities))
        : Optional.empty();
  }

  private boolean isValid(List<X509Certificate> chain, SourceLocation place, Instant now) {
    for (X509Certificate certificate : chain) {
      Instant begins = certificate.getNotBefore().toInstant();
      Instant ends = certificate.getNotAfter().toInstant();
      String name = certificate.getSubjectX500Principal().getName();
      if (now.isAfter(ends)) {
        place.reject("has a certificate that expired at %s, of %s: %s".formatted(ends, name, cert));
        return false;
      }
      if (now.isBefore(begins)) {
        place.reject(
            "has a certificate that is not valid before %s, of %s: %s"
                .formatted(begins, name, cert));
        return false;
      }
      if (now.plus(SOON).isAfter(ends)) {
        place.warn(
            "has a certificate that expires in %d days, at %s, of %s: %s"
                .formatted(ChronoUnit.DAYS.between(now, ends), ends, name, cert));
      }
    }
    return true;
  }

  private void warnOfReaders(SourceLocation place) {
    try {
      if (Files.getPosixFilePermissions(Path.of(key)).contains(PosixFilePermission.OTHERS_READ)) {
        place.warn("may be read by every user of this machine; chmod o-rwx " + key);
      }
    } catch (IOException | UnsupportedOperationException unknown) {
      // Another kind of file system, which has no such permissions.
    }
  }

  /** A digest of their bytes, which tells whether they have changed. Reads them. */
  public String fingerprint() {
    MessageDigest digest = sha256();
    for (String name : clientCa == null ? List.of(cert, key) : List.of(cert, key, clientCa)) {
      digest.update((byte) 0);
      try (InputStream in = Files.newInputStream(Path.of(name))) {
        digest.update(sha256().digest(in.readNBytes(PemFile.MAX_BYTES)));
      } catch (IOException | InvalidPathException unreadable) {
        digest.update((byte) 1);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyJvmHasIt) {
      throw new IllegalStateException(everyJvmHasIt);
    }
  }
}
