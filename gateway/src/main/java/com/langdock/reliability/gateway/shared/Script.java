package com.langdock.reliability.gateway.shared;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What Redis runs for us. */
final class Script {
  /** Draws from a bucket. */
  static final Script RATE = new Script("rate.lua");

  /** Sets how many slots a replica holds. */
  static final Script SLOTS = new Script("slots.lua");

  /** Counts the replicas. */
  static final Script REPLICAS = new Script("replicas.lua");

  private final byte[] source;
  private final byte[] name;

  private Script(String file) {
    source = read(file);
    name = sha1(source);
  }

  private static byte[] read(String file) {
    try (InputStream stream = Script.class.getResourceAsStream(file)) {
      if (stream == null) {
        throw new IllegalStateException("missing from the build: " + file);
      }
      return stream.readAllBytes();
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  /** Redis' name of a script. */
  private static byte[] sha1(byte[] source) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-1").digest(source);
      return HexFormat.of().formatHex(digest).getBytes(StandardCharsets.US_ASCII);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException(missing);
    }
  }

  /** Its text. */
  byte[] source() {
    return source;
  }

  /** The name under which Redis keeps it. */
  byte[] sha() {
    return name;
  }
}
