package com.langdock.reliability.gateway.provider.openai;

/** Shortens texts whose length a provider limits. */
public final class Shortened {
  private static final int HASH_LENGTH = "_00000000".length();

  private Shortened() {}

  /**
   * The {@code text} if it has at most {@code most} characters. A longer one is cut, with a hash of
   * the whole added, so that the same text stays the same and another one another.
   */
  public static String to(int most, String text) {
    return text.length() <= most
        ? text
        : text.substring(0, most - HASH_LENGTH) + String.format("_%08x", text.hashCode());
  }
}
