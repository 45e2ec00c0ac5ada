package com.langdock.reliability.gateway.journal.store;

import com.langdock.reliability.core.domain.Target;
import org.jspecify.annotations.Nullable;

/**
 * Makes external texts fit a row: at most 256 characters, and U+FFFD in place of NUL, which
 * PostgreSQL does not store.
 */
final class RowText {
  /** The most characters. */
  static final int MAX = 256;

  private RowText() {}

  static String of(String text) {
    String fit = text.length() > MAX ? cut(text) : text;
    return fit.indexOf('\0') < 0 ? fit : fit.replace('\0', '\uFFFD');
  }

  static @Nullable String orNull(@Nullable String text) {
    return text == null ? null : of(text);
  }

  static Target of(Target target) {
    return new Target(of(target.provider()), of(target.model()));
  }

  /** Never splits a surrogate pair. */
  private static String cut(String text) {
    int end = Character.isHighSurrogate(text.charAt(MAX - 1)) ? MAX - 1 : MAX;
    return text.substring(0, end);
  }
}
