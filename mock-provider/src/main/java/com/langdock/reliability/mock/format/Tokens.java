package com.langdock.reliability.mock.format;

/** Counts tokens: four characters each. */
public final class Tokens {
  private static final int CHARACTERS = 4;

  private Tokens() {}

  /** At least 1, even for an empty text. */
  public static int in(String text) {
    return Math.max(1, Math.ceilDiv(text.length(), CHARACTERS));
  }

  /** The beginning of the text that fits; never ends inside a surrogate pair. */
  static String limit(String text, int tokens) {
    long most = (long) tokens * CHARACTERS;
    if (text.length() <= most) {
      return text;
    }
    int end = (int) most;
    boolean splitsPair = end > 0 && Character.isHighSurrogate(text.charAt(end - 1));
    return text.substring(0, splitsPair ? end - 1 : end);
  }
}
