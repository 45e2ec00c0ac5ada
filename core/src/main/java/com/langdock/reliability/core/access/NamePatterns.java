package com.langdock.reliability.core.access;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A set of names: some exactly, and all that begin with one of some prefixes.
 *
 * @param exact the names that are written out
 * @param prefixes the patterns that end in {@code *}, without it
 */
public record NamePatterns(Set<String> exact, List<String> prefixes) {
  /** All names. */
  public static final NamePatterns ALL = new NamePatterns(Set.of(), List.of(""));

  private static final String REST = "*";

  /** Keeps immutable copies. */
  public NamePatterns {
    exact = Set.copyOf(exact);
    prefixes = List.copyOf(prefixes);
  }

  /** The names that {@code patterns} describe; a {@code *} counts at the end of one only. */
  public static NamePatterns of(Collection<String> patterns) {
    Set<String> exact = new LinkedHashSet<>();
    Set<String> prefixes = new LinkedHashSet<>();
    for (String pattern : patterns) {
      if (pattern.endsWith(REST)) {
        prefixes.add(pattern.substring(0, pattern.length() - 1));
      } else {
        exact.add(pattern);
      }
    }
    return new NamePatterns(exact, List.copyOf(prefixes));
  }

  /** Whether every name is one of them. */
  public boolean isAll() {
    return prefixes.contains("");
  }

  /** Whether {@code name} is one of them. */
  public boolean contains(String name) {
    return exact.contains(name) || beginsLikeOne(name);
  }

  private boolean beginsLikeOne(String name) {
    for (String prefix : prefixes) {
      if (name.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }

  /** The names that are in both. */
  public NamePatterns and(NamePatterns other) {
    if (isAll() || other.isAll()) {
      return isAll() ? other : this;
    }
    Set<String> both = new LinkedHashSet<>();
    exact.stream().filter(other::contains).forEach(both::add);
    other.exact.stream().filter(this::contains).forEach(both::add);
    Set<String> longer = new LinkedHashSet<>();
    prefixes.stream().filter(other::beginsLikeOne).forEach(longer::add);
    other.prefixes.stream().filter(this::beginsLikeOne).forEach(longer::add);
    return new NamePatterns(both, List.copyOf(longer));
  }

  /** The patterns as they are written. */
  public List<String> patterns() {
    return Stream.concat(exact.stream().sorted(), prefixes.stream().map(prefix -> prefix + REST))
        .toList();
  }
}
