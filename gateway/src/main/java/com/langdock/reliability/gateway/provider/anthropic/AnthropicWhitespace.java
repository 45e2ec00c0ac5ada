package com.langdock.reliability.gateway.provider.anthropic;

/**
 * White space as defined by Anthropic's server, which rejects blank text: Unicode white space
 * including no-break spaces, and the line control characters.
 */
final class AnthropicWhitespace {
  private static final char NEXT_LINE = '\u0085';

  private AnthropicWhitespace() {}

  static boolean isBlank(String text) {
    return stripTrailing(text).isEmpty();
  }

  static String stripTrailing(String text) {
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
