package com.langdock.reliability.gateway.config.access;

import com.langdock.reliability.yaml.Section;
import com.langdock.reliability.yaml.SourceLocation;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Reads the names of keys, teams and tokens, which appear in logs, paths and reports. */
final class SubjectName {
  private static final Predicate<String> NAME =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}").asMatchPredicate();

  private SubjectName() {}

  /**
   * The name of {@code section}, which is added to {@code names}.
   *
   * @param taken what is said of a name that is among them
   */
  static String read(Section section, Set<String> names, String taken) {
    SourceLocation place = section.place("name");
    Optional<String> name = section.value("name").text();
    if (!section.has("name")) {
      place.reject("is required");
    } else if (name.isPresent() && !NAME.test(name.get())) {
      place.reject("must be up to 64 letters, digits, dots, dashes and underscores");
    } else if (name.isPresent() && !names.add(name.get())) {
      place.reject(taken);
    }
    return name.orElse("");
  }
}
