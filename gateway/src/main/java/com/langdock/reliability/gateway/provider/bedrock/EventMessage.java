package com.langdock.reliability.gateway.provider.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * One message of an AWS event stream.
 *
 * <p>Its frame is, with all numbers in big-endian order: the length of the frame, the length of the
 * headers, the CRC32 of these 8 bytes; the headers; the payload; the CRC32 of all before. Equality
 * is not used, so the payload may be an array.
 *
 * @param headers those whose value is a string
 */
record EventMessage(Map<String, String> headers, byte[] payload) {
  /** Bytes of the two lengths and their checksum. */
  static final int PRELUDE = 12;

  private static final int CHECKSUM = 4;
  private static final int LENGTHS = PRELUDE - CHECKSUM;

  /** The type of a header whose value is a string. */
  private static final int STRING = 7;

  /** Bytes of a header's value by its type; those of {@link #LENGTH_FIRST} follow their length. */
  private static final int[] VALUE_BYTES = {0, 0, 1, 2, 4, 8, -1, -1, 8, 16};

  private static final int LENGTH_FIRST = -1;

  /**
   * The length of the frame that begins at {@code at}, in bytes; below zero if its prelude is
   * damaged, so that no frame can be found any more.
   *
   * @param bytes with a whole prelude at {@code at}
   */
  static int length(byte[] bytes, int at) {
    ByteBuffer prelude = ByteBuffer.wrap(bytes, at, PRELUDE);
    int length = prelude.getInt();
    int headers = prelude.getInt();
    boolean isRight =
        prelude.getInt() == checksum(bytes, at, LENGTHS)
            && headers >= 0
            && headers <= length - PRELUDE - CHECKSUM;
    return isRight ? length : -1;
  }

  /** The message in {@code frame}; null if the frame is damaged. */
  static @Nullable EventMessage of(byte[] frame) {
    if (frame.length < PRELUDE + CHECKSUM || length(frame, 0) != frame.length) {
      return null;
    }
    ByteBuffer in = ByteBuffer.wrap(frame);
    int end = frame.length - CHECKSUM;
    int payload = PRELUDE + in.getInt(CHECKSUM);
    if (in.getInt(end) != checksum(frame, 0, end)) {
      return null;
    }
    Map<String, String> headers = headers(in.position(PRELUDE).limit(payload));
    return headers == null
        ? null
        : new EventMessage(headers, Arrays.copyOfRange(frame, payload, end));
  }

  /** The header {@code name}; empty if there is none. */
  String header(String name) {
    return Objects.requireNonNullElse(headers.get(name), "");
  }

  private static int checksum(byte[] bytes, int from, int length) {
    CRC32 checksum = new CRC32();
    checksum.update(bytes, from, length);
    return (int) checksum.getValue();
  }

  /** The string headers; null if they do not fit their length. */
  private static @Nullable Map<String, String> headers(ByteBuffer in) {
    Map<String, String> headers = new HashMap<>();
    try {
      while (in.hasRemaining()) {
        String name = new String(bytes(in, Byte.toUnsignedInt(in.get())), UTF_8);
        int type = in.get();
        if (type < 0 || type >= VALUE_BYTES.length) {
          return null;
        }
        int fixed = VALUE_BYTES[type];
        int length = fixed == LENGTH_FIRST ? Short.toUnsignedInt(in.getShort()) : fixed;
        byte[] value = bytes(in, length);
        if (type == STRING) {
          headers.put(name, new String(value, UTF_8));
        }
      }
      return headers;
    } catch (BufferUnderflowException tooShort) {
      return null;
    }
  }

  private static byte[] bytes(ByteBuffer in, int length) {
    byte[] bytes = new byte[Math.min(length, in.remaining() + 1)];
    in.get(bytes);
    return bytes;
  }
}
