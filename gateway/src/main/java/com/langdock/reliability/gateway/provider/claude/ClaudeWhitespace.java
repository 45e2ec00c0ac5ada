package com.langdock.reliability.gateway.provider.claude;

/**
 * White space as defined by Anthropic's server, which rejects blank text: Unicode white space
 * including no-break spaces, and the line control characters.
 */
public final class ClaudeWhitespace {
  private static final char NEXT_LINE = '\u0085';

  private ClaudeWhitespace() {}

  /** Whether it is blank. */
  public static boolean isBlank(String text) {
    return stripTrailing(text).isEmpty();
  }

  /** The text without white space at its end. */
  public static String stripTrailing(String text) {
    int end = text.length();
    while (end > 0 && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end);
  }

  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == NEXT_LINE;
  }
}
