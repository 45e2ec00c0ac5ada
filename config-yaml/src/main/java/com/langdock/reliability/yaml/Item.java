package com.langdock.reliability.yaml;

import java.util.Collection;
import java.util.Optional;

/**
 * One text of a list, or one pair of a section whose keys are free.
 *
 * @param name the pair's key; in a list, the text itself
 * @param value with its environment references replaced
 * @param place where it stands
 */
public record Item(String name, String value, SourceLocation place) {
  /** The value, if it is one of {@code names}; empty where it is not, which is rejected. */
  public Optional<String> oneOf(Collection<String> names) {
    if (names.contains(value)) {
      return Optional.of(value);
    }
    place.reject(ConfigMessages.unknownName(value, names));
    return Optional.empty();
  }
}
