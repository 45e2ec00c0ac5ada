package com.langdock.reliability.core.access;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.math.BigInteger;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32;

/**
 * Makes new keys: a prefix, 12 characters of id, 256 random bits in 43 characters, and six
 * characters of CRC-32 over all before them, by which scanners recognize a leaked key.
 */
public enum KeyText {
  /** A client's key; clients check that theirs begins with {@code sk-}. */
  CLIENT_KEY("sk-lg-"),
  /** A token of the management port. */
  ADMIN_TOKEN("at-lg-");

  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  /** Without those that look alike. */
  private static final String ID_DIGITS = "23456789abcdefghjkmnpqrstuvwxyz";

  private static final int ID = 12;
  private static final int SECRET_BYTES = 32;
  private static final int SECRET = 43;
  private static final int CHECKSUM = 6;

  private final String prefix;

  KeyText(String prefix) {
    this.prefix = prefix;
  }

  /** A new key; {@code random} must be fit for secrets. */
  public String next(RandomGenerator random) {
    return next(id(random), random);
  }

  /** The 12 characters by which a new key is named. */
  public static String id(RandomGenerator random) {
    StringBuilder id = new StringBuilder();
    for (int i = 0; i < ID; i++) {
      id.append(ID_DIGITS.charAt(random.nextInt(ID_DIGITS.length())));
    }
    return id.toString();
  }

  /** The part of a key that is no secret. */
  public String shown(String id) {
    return prefix + id;
  }

  /** A new key of this {@link #id}. */
  public String next(String id, RandomGenerator random) {
    StringBuilder text = new StringBuilder(shown(id));
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    text.append('-').append(base62(new BigInteger(1, secret), SECRET));
    return text + checksum(text.toString());
  }

  /** Six characters of base 62: the CRC-32 of {@code text}. */
  static String checksum(String text) {
    CRC32 crc = new CRC32();
    crc.update(text.getBytes(US_ASCII));
    return base62(BigInteger.valueOf(crc.getValue()), CHECKSUM);
  }

  private static String base62(BigInteger number, int length) {
    BigInteger base = BigInteger.valueOf(DIGITS.length());
    StringBuilder reversed = new StringBuilder();
    BigInteger rest = number;
    for (int i = 0; i < length; i++) {
      reversed.append(DIGITS.charAt(rest.mod(base).intValue()));
      rest = rest.divide(base);
    }
    return reversed.reverse().toString();
  }
}
