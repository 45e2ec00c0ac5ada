package com.langdock.reliability.gateway.engine;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Tells whether a text begins like another one without being it: the sign of an answer that was
 * begun anew in other words.
 *
 * <p><b>Rule.</b> The first {@value #FRESH_WORDS} words of the new text are laid beside the first
 * {@value #OLD_WORDS} of the old one, without case and punctuation. They resemble each other when
 * they share a run of words near both beginnings that occurs only once in the old text (what occurs
 * again is a pattern, such as that of a list), or most of the words that carry meaning. How long
 * the run must be depends on the {@link TextJoin}: where the new text can follow the old one, four
 * words; where a sentence seems to begin inside another one, three; where it does so without a
 * space, any two words, any shared word with meaning, or a delivered text that has hardly begun.
 */
final class Resemblance {
  /** So many words of the new text are looked at. */
  static final int FRESH_WORDS = 12;

  /** So many words of the old text are looked at. */
  static final int OLD_WORDS = 24;

  /** A run begins at most so many words after the beginning. */
  private static final int MAX_OFFSET = 3;

  /** So many words of the old text are searched for patterns. */
  private static final int PATTERN_WORDS = 2_000;

  /** With fewer words delivered, an answer has hardly begun. */
  private static final int HARDLY_BEGUN = 8;

  private static final String FUNCTION_WORDS =
      "the and for are was were you not but with that this these those from have has had can its"
          + " his her our your will would there here which what when how all any one"
          + " der die das und ist ein eine einen den dem des mit von für auf nicht sich"
          + " les une est que qui dans pour sur pas avec los las del por con para una";

  private static final Set<String> WITHOUT_MEANING = Set.of(FUNCTION_WORDS.split(" "));

  private Resemblance() {}

  /** Whether the beginning of {@code text} resembles that of {@code delivered}. */
  static boolean of(String delivered, String text) {
    List<String> old = WordSplitter.of(delivered, PATTERN_WORDS);
    List<String> fresh = WordSplitter.of(text, FRESH_WORDS);
    return switch (TextJoin.of(delivered, text)) {
      case NATURAL -> hasRun(old, fresh, 4, 10) || sharesMost(old, fresh);
      case ABRUPT -> hasRun(old, fresh, 3, 8) || sharesMost(old, fresh);
      case JARRING ->
          old.size() < HARDLY_BEGUN || hasRun(old, fresh, 2, 5) || shared(old, fresh) > 0;
    };
  }

  private static boolean hasRun(List<String> old, List<String> fresh, int words, int weight) {
    int oldStarts = Math.min(MAX_OFFSET, old.size() - 1);
    int freshStarts = Math.min(MAX_OFFSET, fresh.size() - 1);
    for (int i = 0; i <= oldStarts; i++) {
      for (int j = 0; j <= freshStarts; j++) {
        int length = commonLength(old, i, fresh, j);
        List<String> run = old.subList(i, i + length);
        boolean counts =
            length >= words && run.stream().mapToInt(WordSplitter::weight).sum() >= weight;
        if (counts && Collections.lastIndexOfSubList(old, run) == i) {
          return true;
        }
      }
    }
    return false;
  }

  private static int commonLength(List<String> old, int from, List<String> fresh, int at) {
    int most = Math.min(Math.min(old.size(), OLD_WORDS) - from, fresh.size() - at);
    int length = 0;
    while (length < most && old.get(from + length).equals(fresh.get(at + length))) {
      length++;
    }
    return length;
  }

  /** Whether at least four words with meaning are shared, and two thirds of the new ones. */
  private static boolean sharesMost(List<String> old, List<String> fresh) {
    int shared = shared(old, fresh);
    return shared >= 4 && 3 * shared >= 2 * meaningful(fresh).size();
  }

  private static int shared(List<String> old, List<String> fresh) {
    Set<String> both = meaningful(fresh);
    both.retainAll(old.subList(0, Math.min(old.size(), OLD_WORDS)));
    return both.size();
  }

  private static Set<String> meaningful(List<String> words) {
    Set<String> found = new HashSet<>();
    for (String word : words) {
      if (word.length() >= 3 && !WITHOUT_MEANING.contains(word)) {
        found.add(word);
      }
    }
    return found;
  }
}
