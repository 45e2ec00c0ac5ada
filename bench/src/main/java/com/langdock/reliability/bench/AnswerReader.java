package com.langdock.reliability.bench;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Finds the ends of HTTP/1.1 answers in the bytes of one connection, however they are cut. It knows
 * only answers with a {@code content-length}, since that is all that the benchmark's servers send.
 */
final class AnswerReader {
  private static final int MAX_HEAD = 8_192;
  private static final String LENGTH = "\r\ncontent-length:";

  private final byte[] head = new byte[MAX_HEAD];
  private int headSize;
  private int status;
  private long bodyLeft = -1;

  /** Reads from the bytes, and returns the status when an answer has ended, or 0 before. */
  int read(ByteBuf bytes) {
    while (bodyLeft < 0 && bytes.isReadable()) {
      readHead(bytes.readByte());
    }
    if (bodyLeft < 0) {
      return 0;
    }
    int skipped = (int) Math.min(bodyLeft, bytes.readableBytes());
    bytes.skipBytes(skipped);
    bodyLeft -= skipped;
    if (bodyLeft > 0) {
      return 0;
    }
    bodyLeft = -1;
    headSize = 0;
    return status;
  }

  private void readHead(byte octet) {
    if (headSize == MAX_HEAD) {
      throw new IllegalStateException("an answer's head is too long");
    }
    head[headSize++] = octet;
    if (octet == '\n' && headSize >= 4 && head[headSize - 3] == '\n') {
      String text = new String(head, 0, headSize, StandardCharsets.ISO_8859_1);
      status = Integer.parseInt(text.substring(9, 12));
      bodyLeft = lengthIn(text.toLowerCase(Locale.ROOT));
    }
  }

  private static long lengthIn(String text) {
    int at = text.indexOf(LENGTH);
    if (at < 0) {
      throw new IllegalStateException("an answer without a content-length: " + text);
    }
    int from = at + LENGTH.length();
    return Long.parseLong(text.substring(from, text.indexOf('\r', from)).strip());
  }
}
