package com.langdock.reliability.gateway.engine;

import java.util.ArrayList;
import java.util.List;

/**
 * Text that grows by small pieces for as long as a stream lasts, up to a limit; beyond it all of it
 * is let go. It is kept in blocks: one array that doubles would be copied again and again, and be
 * half empty.
 */
final class GrowingText {
  private static final int BLOCK = 1_024;

  private final int limit;
  private final List<StringBuilder> blocks = new ArrayList<>();
  private StringBuilder last = new StringBuilder();
  private int length;
  private boolean tooLong;

  /** No text yet, and {@code limit} characters at most. */
  GrowingText(int limit) {
    this.limit = limit;
  }

  void append(String text) {
    if (tooLong || text.length() > limit - length) {
      clear();
      tooLong = true;
      return;
    }
    length += text.length();
    if (last.length() + text.length() > BLOCK && !last.isEmpty()) {
      blocks.add(last);
      last = new StringBuilder(BLOCK);
    }
    last.append(text);
  }

  /** Whether it was longer than the limit, and is gone. */
  boolean isTooLong() {
    return tooLong;
  }

  void clear() {
    blocks.clear();
    last = new StringBuilder();
    length = 0;
    tooLong = false;
  }

  @Override
  public String toString() {
    StringBuilder whole = new StringBuilder(length);
    blocks.forEach(whole::append);
    return whole.append(last).toString();
  }
}
