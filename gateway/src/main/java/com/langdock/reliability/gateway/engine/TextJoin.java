package com.langdock.reliability.gateway.engine;

/** How well a text can follow another one, judged by the characters where they meet. */
enum TextJoin {
  /** Nothing speaks against it: the sentence goes on, or the one before it has ended. */
  NATURAL,
  /** A sentence seems to begin within another one; it may also be a name. */
  ABRUPT,
  /** The same without even a space between them. */
  JARRING;

  /** How {@code text} follows {@code before}; neither may be empty. */
  static TextJoin of(String before, String text) {
    String begun = text.stripLeading();
    String ended = before.stripTrailing();
    if (begun.isEmpty() || ended.isEmpty() || !isWithinSentence(before) || !isSentence(begun)) {
      return NATURAL;
    }
    String space =
        before.substring(ended.length()) + text.substring(0, text.length() - begun.length());
    if (space.indexOf('\n') >= 0) {
      return NATURAL;
    }
    char last = ended.charAt(ended.length() - 1);
    return space.isEmpty() && (Character.isLowerCase(last) || last == ',') ? JARRING : ABRUPT;
  }

  /** Whether {@code text} ends within a sentence, and not at the end of a line. */
  static boolean isWithinSentence(String text) {
    String ended = text.stripTrailing();
    if (ended.isEmpty() || text.indexOf('\n', ended.length()) >= 0) {
      return false;
    }
    char last = ended.charAt(ended.length() - 1);
    return Character.isLetterOrDigit(last) || last == ',';
  }

  /** Whether {@code text} begins like a sentence: a capitalized word that is no identifier. */
  private static boolean isSentence(String text) {
    int end = 0;
    while (end < text.length() && isPartOfWord(text.charAt(end))) {
      end++;
    }
    boolean simple =
        text.substring(Math.min(1, end), end).chars().noneMatch(Character::isUpperCase);
    boolean followed = end == text.length() || " ,.!:;\n".indexOf(text.charAt(end)) >= 0;
    return end > 0 && Character.isUpperCase(text.charAt(0)) && simple && followed;
  }

  private static boolean isPartOfWord(char letter) {
    return Character.isLetter(letter) || letter == '\'' || letter == '’';
  }
}
