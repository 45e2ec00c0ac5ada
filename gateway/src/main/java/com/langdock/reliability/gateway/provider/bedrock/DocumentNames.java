package com.langdock.reliability.gateway.provider.bedrock;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names of a request's documents that Bedrock accepts: letters, digits, single spaces, hyphens,
 * parentheses and square brackets, at most 200 characters, each name once.
 */
final class DocumentNames {
  private static final Pattern ILLEGAL = Pattern.compile("[^a-zA-Z0-9()\\[\\]-]+");
  private static final String UNNAMED = "document";

  /** Leaves room for a number. */
  private static final int MAX_LENGTH = 180;

  private final Set<String> taken = new HashSet<>();

  /** The name of the next document, whose name at the client is {@code name}. */
  String next(@Nullable String name) {
    String clean = name == null ? "" : ILLEGAL.matcher(name).replaceAll(" ").strip();
    clean = clean.substring(0, Math.min(clean.length(), MAX_LENGTH)).strip();
    String base = clean.isEmpty() ? UNNAMED : clean;
    String unique = base;
    for (int number = 2; !taken.add(unique); number++) { // at most once for each earlier document
      unique = base + " (" + number + ")";
    }
    return unique;
  }
}
