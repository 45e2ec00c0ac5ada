package com.langdock.reliability.gateway.streaming;

import java.util.ArrayList;
import java.util.List;

/**
 * Text that grows by small pieces for as long as a stream lasts. It is kept in blocks: one array
 * that doubles would be copied again and again, and be half empty.
 */
final class GrowingText {
  private static final int BLOCK = 1_024;

  private final List<StringBuilder> blocks = new ArrayList<>();
  private StringBuilder last = new StringBuilder();

  void append(String text) {
    if (last.length() + text.length() > BLOCK && !last.isEmpty()) {
      blocks.add(last);
      last = new StringBuilder(BLOCK);
    }
    last.append(text);
  }

  void clear() {
    blocks.clear();
    last = new StringBuilder();
  }

  @Override
  public String toString() {
    StringBuilder whole = new StringBuilder();
    blocks.forEach(whole::append);
    return whole.append(last).toString();
  }
}
