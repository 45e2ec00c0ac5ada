package com.langdock.reliability.gateway.config.tls;

import com.langdock.reliability.yaml.SourceLocation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads certificates and keys in PEM files (RFC 7468). What is wrong is noted, without contents.
 */
public final class PemFile {
  static final int MAX_BYTES = 4 << 20;
  private static final String KEY = "PRIVATE KEY";
  private static final List<String> KEY_ALGORITHMS = List.of("EC", "RSA", "EdDSA");

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");

  private PemFile() {}

  /** The certificates of the file {@code name}, at least one; empty when that is a problem. */
  public static List<X509Certificate> certificates(String name, SourceLocation place) {
    Optional<String> text = text(name, place);
    if (text.isEmpty()) {
      return List.of();
    }
    List<X509Certificate> certificates = new ArrayList<>();
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (byte[] block : blocks(text.get(), "CERTIFICATE")) {
        certificates.add(
            (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block)));
      }
    } catch (CertificateException | IllegalArgumentException broken) {
      place.reject("has a certificate that cannot be read: " + name);
      return List.of();
    }
    if (certificates.isEmpty()) {
      place.reject("has no -----BEGIN CERTIFICATE-----: " + name);
    }
    return certificates;
  }

  /** The private key of the file {@code name}; empty when it cannot be had, which is a problem. */
  public static Optional<PrivateKey> privateKey(String name, SourceLocation place) {
    Optional<String> text = text(name, place);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      for (byte[] block : blocks(text.get(), KEY)) {
        return Optional.of(privateKey(block));
      }
    } catch (GeneralSecurityException | IllegalArgumentException broken) {
      place.reject("has a private key that cannot be read: " + name);
      return Optional.empty();
    }
    if (text.get().contains("ENCRYPTED")) {
      place.reject("is encrypted; remove its passphrase with openssl pkey: " + name);
    } else if (text.get().contains(KEY)) {
      place.reject("is not PKCS #8; convert it with openssl pkcs8 -topk8 -nocrypt: " + name);
    } else {
      place.reject("has no -----BEGIN PRIVATE KEY-----: " + name);
    }
    return Optional.empty();
  }

  /** Whether what {@code key} signs is verified by {@code certificate}. */
  public static boolean isPair(X509Certificate certificate, PrivateKey key) {
    PublicKey open = certificate.getPublicKey();
    String algorithm =
        switch (key.getAlgorithm()) {
          case "EC" -> "SHA256withECDSA";
          case "RSA" -> "SHA256withRSA";
          default -> "EdDSA";
        };
    try {
      Signature signer = Signature.getInstance(algorithm);
      signer.initSign(key);
      signer.update(certificate.getSignature());
      byte[] signature = signer.sign();
      signer.initVerify(open);
      signer.update(certificate.getSignature());
      return signer.verify(signature);
    } catch (GeneralSecurityException other) {
      return false;
    }
  }

  private static PrivateKey privateKey(byte[] encoded) throws GeneralSecurityException {
    for (String algorithm : KEY_ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
      } catch (InvalidKeySpecException other) {
        // A key of another algorithm.
      }
    }
    throw new InvalidKeySpecException("no algorithm knows the key");
  }

  private static List<byte[]> blocks(String text, String label) {
    List<byte[]> blocks = new ArrayList<>();
    Matcher block = BLOCK.matcher(text);
    while (block.find()) {
      if (block.group(1).equals(label)) {
        blocks.add(Base64.getMimeDecoder().decode(block.group(2)));
      }
    }
    return blocks;
  }

  private static Optional<String> text(String name, SourceLocation place) {
    try (InputStream in = Files.newInputStream(Path.of(name))) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length <= MAX_BYTES) {
        return Optional.of(new String(bytes, StandardCharsets.ISO_8859_1));
      }
      place.reject("is larger than 4 MiB: " + name);
    } catch (NoSuchFileException missing) {
      place.reject("does not exist: " + name);
    } catch (AccessDeniedException denied) {
      place.reject("may not be read by this user: " + name);
    } catch (IOException | InvalidPathException unreadable) {
      place.reject("cannot be read: " + name);
    }
    return Optional.empty();
  }
}
