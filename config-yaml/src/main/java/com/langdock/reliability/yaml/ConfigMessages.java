package com.langdock.reliability.yaml;

import com.langdock.reliability.yaml.YamlNode.Mapping;
import com.langdock.reliability.yaml.YamlNode.Scalar;
import com.langdock.reliability.yaml.YamlNode.Sequence;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/** The parts of messages that come from the configuration, made safe to print. */
final class ConfigMessages {
  /** Very short, words, a number with its unit, or a reference without a default. */
  private static final Pattern ORDINARY =
      Pattern.compile(
          "[^@/]{0,9}|[A-Za-z][A-Za-z_ -]{0,19}|[-+]?[\\d.]{1,40}[A-Za-z]{0,3}|\\$\\{\\w{1,64}}");

  private static final Pattern KEY_PREFIX =
      Pattern.compile(
          "^(sk|pk|rk|gsk|xai|pplx|ghp|glpat|akia|aiza|bearer|basic|at|lg)[-_ ]|^(akia|aiza)",
          Pattern.CASE_INSENSITIVE);

  private static final int MAX_KEY = 64;
  private static final Pattern NO_MORE_A_KEY = Pattern.compile("[^\\w.\\-/@].*", Pattern.DOTALL);

  private ConfigMessages() {}

  /**
   * The value for a message: quoted, on one line, shortened if long; of a list or section only its
   * kind.
   */
  static String valueOf(YamlNode node) {
    return switch (node) {
      case Sequence _ -> "a list";
      case Mapping _ -> "a section";
      case Scalar scalar -> scalar.isNull() ? "nothing" : quoted(scalar.text());
    };
  }

  private static String quoted(String text) {
    return mayBeSecret(text)
        ? "a text of " + text.length() + " characters"
        : '"' + text.replaceAll("\\p{Cntrl}", "?") + '"';
  }

  /** Whether the value could be a key, or a URL with a password. */
  private static boolean mayBeSecret(String text) {
    return !ORDINARY.matcher(text).matches() || KEY_PREFIX.matcher(text).find();
  }

  /**
   * A key, cut where it stops looking like one: a forgotten space makes {@code {api_key:sk-1}} a
   * key that holds a secret.
   */
  static String key(String key) {
    String shown = NO_MORE_A_KEY.matcher(key).replaceFirst("…");
    return shown.length() > MAX_KEY ? shown.substring(0, MAX_KEY) + "…" : shown;
  }

  /** The message for an unknown key, with the nearest known key, or with all of them. */
  static String unknownKey(String key, Collection<String> known) {
    return nearest(key, known)
        .map(name -> "is not a known key; did you mean " + name + "?")
        .orElseGet(() -> "is not a known key; known here are " + String.join(", ", known));
  }

  /** The message for a value that is none of {@code names}, with the nearest one, or all. */
  static String unknownName(String name, Collection<String> names) {
    return nearest(name, names)
        .map(near -> "is not a known name; did you mean " + near + "?")
        .orElseGet(() -> "must be one of " + String.join(", ", names));
  }

  private static Optional<String> nearest(String key, Collection<String> known) {
    if (key.length() > MAX_KEY) {
      return Optional.empty();
    }
    return known.stream()
        .min(Comparator.comparingInt(name -> distance(key, name)))
        .filter(name -> 2 * distance(key, name) <= Math.max(key.length(), name.length()));
  }

  /** Letters to add, drop or change to make one word of the other (Levenshtein). */
  static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int column = 0; column <= to.length(); column++) {
      row[column] = column;
    }
    for (int line = 1; line <= from.length(); line++) {
      int diagonal = row[0];
      row[0] = line;
      for (int column = 1; column <= to.length(); column++) {
        int change = from.charAt(line - 1) == to.charAt(column - 1) ? 0 : 1;
        int best = Math.min(diagonal + change, 1 + Math.min(row[column], row[column - 1]));
        diagonal = row[column];
        row[column] = best;
      }
    }
    return row[to.length()];
  }
}
