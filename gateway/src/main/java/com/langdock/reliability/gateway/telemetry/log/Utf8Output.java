package com.langdock.reliability.gateway.telemetry.log;

import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Writes text in UTF-8 by two buffers that are used again, so that lines of a log are not copied
 * into a string and an array first. Not thread-safe.
 */
final class Utf8Output {
  /** The characters of some hundred lines. */
  static final int CHARS = 64 * 1024;

  private final PrintStream output;
  private final CharsetEncoder encoder =
      StandardCharsets.UTF_8
          .newEncoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);
  private final CharBuffer chars = CharBuffer.allocate(CHARS);
  private final ByteBuffer bytes = ByteBuffer.allocate((int) (CHARS * encoder.maxBytesPerChar()));

  /** Writes to {@code output}, which is not flushed. */
  Utf8Output(PrintStream output) {
    this.output = output;
  }

  /** Writes all of {@code text}. */
  void write(StringBuilder text) {
    encoder.reset();
    chars.clear();
    bytes.clear(); // The last text may have failed half-way.
    int at = 0;
    while (at < text.length()) {
      int more = Math.min(chars.remaining(), text.length() - at);
      text.getChars(at, at + more, chars.array(), chars.position());
      chars.position(chars.position() + more);
      at += more;
      encode(at == text.length());
    }
  }

  /** Keeps the first half of a pair of characters, if it is the last one, for the next time. */
  private void encode(boolean isLast) {
    chars.flip();
    encoder.encode(chars, bytes, isLast);
    chars.compact();
    output.write(bytes.array(), 0, bytes.position());
    bytes.clear();
  }
}
