package com.langdock.reliability.mock.format;

import java.util.ArrayList;
import java.util.List;

/** Cuts a text into the pieces of a stream; together they are the text again. */
final class Pieces {
  private Pieces() {}

  /** One piece a word, each with the space before it. */
  static List<String> words(String text) {
    List<String> pieces = new ArrayList<>();
    int start = 0;
    while (start < text.length()) {
      int space = text.indexOf(' ', start + 1);
      int end = space < 0 ? text.length() : space;
      pieces.add(text.substring(start, end));
      start = end;
    }
    return pieces;
  }

  /** As many pieces as asked for, about equally long; fewer when there are fewer characters. */
  static List<String> even(String text, int count) {
    int characters = text.codePointCount(0, text.length());
    int most = Math.min(count, characters);
    List<String> pieces = new ArrayList<>(most);
    int start = 0;
    for (int i = 0; i < most; i++) {
      long first = (long) characters * i / most;
      long next = (long) characters * (i + 1) / most;
      int end = text.offsetByCodePoints(start, (int) (next - first));
      pieces.add(text.substring(start, end));
      start = end;
    }
    return pieces;
  }
}
