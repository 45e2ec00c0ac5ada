package com.langdock.reliability.core.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The SHA-256 of a key, which is all that the gateway keeps of one. It needs no salt, because a key
 * is 256 random bits. Prints as {@code ***}.
 */
public final class KeyHash {
  /** Bytes of a hash. */
  static final int BYTES = 32;

  private static final String PREFIX = "sha256:";
  private static final Pattern TEXT = Pattern.compile(PREFIX + "[0-9a-fA-F]{64}");

  private final byte[] digest;

  private KeyHash(byte[] digest) {
    this.digest = digest;
  }

  /** The hash of {@code key}. */
  public static KeyHash of(String key) {
    return new KeyHash(sha256().digest(key.getBytes(UTF_8)));
  }

  /** The hash that {@code text} writes as {@code sha256:} and 64 hexadecimal digits. */
  public static Optional<KeyHash> parse(String text) {
    return TEXT.matcher(text).matches()
        ? Optional.of(new KeyHash(HexFormat.of().parseHex(text, PREFIX.length(), text.length())))
        : Optional.empty();
  }

  /** A digest that makes such hashes; not thread-safe. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The hash as {@link #parse} reads it. */
  public String text() {
    return PREFIX + HexFormat.of().formatHex(digest);
  }

  /** Whether it is {@code other}; the time that this takes tells nothing of either. */
  boolean isDigest(byte[] other) {
    return MessageDigest.isEqual(digest, other);
  }

  /** The first 64 bits. */
  long head() {
    return head(digest);
  }

  /** The first 64 bits of {@code digest}. */
  static long head(byte[] digest) {
    long head = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      head = (head << Byte.SIZE) | (digest[i] & 0xff);
    }
    return head;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KeyHash hash && Arrays.equals(digest, hash.digest);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(head());
  }

  @Override
  public String toString() {
    return "***";
  }
}
