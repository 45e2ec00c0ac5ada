package com.langdock.reliability.yaml;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces {@code ${NAME}} and {@code ${NAME:-default}} with values from the environment.
 *
 * <p>As in a shell, the default also stands for an empty variable; as in Compose files, two dollar
 * signs before a brace are one plain dollar. Values from the environment are not expanded again.
 */
public final class EnvironmentReferences {
  private static final Pattern REFERENCE =
      Pattern.compile("\\$\\$\\{|\\$\\{(?<name>[A-Za-z_]\\w*)(:-(?<default>[^}]*))?}|\\$\\{");

  private final Map<String, String> environment;

  /** References into {@code environment}. */
  public EnvironmentReferences(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /** The value of a variable, empty where it is absent or empty. */
  Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
  }

  /** {@code text} with its references replaced; empty when one cannot be, which is rejected. */
  Optional<String> replace(String text, SourceLocation place) {
    StringBuilder replaced = new StringBuilder();
    boolean complete = true;
    Matcher reference = REFERENCE.matcher(text);
    while (reference.find()) {
      Optional<String> value = valueOf(reference, place);
      complete &= value.isPresent();
      reference.appendReplacement(replaced, Matcher.quoteReplacement(value.orElse("")));
    }
    reference.appendTail(replaced);
    return complete ? Optional.of(replaced.toString()) : Optional.empty();
  }

  private Optional<String> valueOf(Matcher reference, SourceLocation place) {
    if (reference.group().equals("$${")) {
      return Optional.of("${");
    }
    String name = reference.group("name");
    if (name == null) {
      place.reject("a reference to the environment is ${NAME} or ${NAME:-default}");
      return Optional.empty();
    }
    String value = environment.get(name);
    String standard = reference.group("default");
    if (value == null && standard == null) {
      place.reject("the environment variable " + name + " is not set");
      return Optional.empty();
    }
    boolean useDefault = standard != null && (value == null || value.isEmpty());
    return Optional.ofNullable(useDefault ? standard : value);
  }
}
