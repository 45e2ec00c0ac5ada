package com.langdock.reliability.gateway.engine;

import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Cuts text into words: runs of letters and digits in lower case, without marks and markup. In a
 * script that puts no spaces between words each character counts as one.
 */
final class WordSplitter {
  private static final Set<UnicodeScript> WITHOUT_SPACES =
      EnumSet.of(
          UnicodeScript.HAN,
          UnicodeScript.HIRAGANA,
          UnicodeScript.KATAKANA,
          UnicodeScript.THAI,
          UnicodeScript.LAO,
          UnicodeScript.KHMER,
          UnicodeScript.MYANMAR);

  private WordSplitter() {}

  /** The first words of {@code text}, {@code limit} at most. */
  static List<String> of(CharSequence text, int limit) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    for (int at = 0; at < text.length() && words.size() < limit; ) {
      int codePoint = Character.codePointAt(text, at);
      at += Character.charCount(codePoint);
      boolean alone = standsAlone(codePoint);
      if (alone || !Character.isLetterOrDigit(codePoint)) {
        add(words, word);
      }
      if (alone || Character.isLetterOrDigit(codePoint)) {
        word.appendCodePoint(codePoint);
      }
      if (alone) {
        add(words, word);
      }
    }
    if (words.size() < limit) {
      add(words, word);
    }
    return words.size() > limit ? words.subList(0, limit) : words;
  }

  /** How many words {@code text} has, the last one counted though it may go on. */
  static int count(CharSequence text) {
    return of(text, Integer.MAX_VALUE).size();
  }

  /** How much a word says: its letters, a character that is a word of its own counting for two. */
  static int weight(String word) {
    return standsAlone(word.codePointAt(0)) ? 2 : word.length();
  }

  private static void add(List<String> words, StringBuilder word) {
    if (!word.isEmpty()) {
      words.add(word.toString().toLowerCase(Locale.ROOT));
      word.setLength(0);
    }
  }

  private static boolean standsAlone(int codePoint) {
    return codePoint > 0x0E00 && WITHOUT_SPACES.contains(UnicodeScript.of(codePoint));
  }
}
