package com.langdock.reliability.yaml;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects problems and warnings while a configuration is read. Not for several threads. */
public final class Problems {
  private static final Comparator<ConfigProblem> BY_LINE =
      Comparator.comparingInt(ConfigProblem::line);

  private final Set<ConfigProblem> errors = new LinkedHashSet<>();
  private final Set<ConfigProblem> warnings = new LinkedHashSet<>();

  /** Adds an error, which makes the configuration unusable. */
  public void add(int line, String path, String message) {
    errors.add(new ConfigProblem(line, path, message));
  }

  /** Adds a warning: allowed, but probably not intended. */
  public void warn(int line, String path, String message) {
    warnings.add(new ConfigProblem(line, path, message));
  }

  /** The problems so far, by line, each once. */
  public List<ConfigProblem> errors() {
    return errors.stream().sorted(BY_LINE).toList();
  }

  /** The warnings so far, by line, each once. */
  public List<ConfigProblem> warnings() {
    return warnings.stream().sorted(BY_LINE).toList();
  }
}
