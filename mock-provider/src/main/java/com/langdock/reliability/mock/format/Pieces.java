package com.langdock.reliability.mock.format;

import java.util.ArrayList;
import java.util.List;

/** Splits a text into the pieces of a stream. */
final class Pieces {
  private Pieces() {}

  /** One piece for each word, with the space before it. */
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

  /** The given number of pieces of about equal length; fewer if the text is shorter. */
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
