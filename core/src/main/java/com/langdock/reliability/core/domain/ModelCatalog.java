package com.langdock.reliability.core.domain;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The facts of models by name.
 *
 * <p>A name that is not listed gets the facts of the longest listed name that it begins with,
 * followed by {@code -}, {@code @} or {@code :}, so that {@code gpt-4o-2024-08-06} is a {@code
 * gpt-4o}; a name with a path, such as {@code meta-llama/Llama-3-8b}, is also tried without it.
 */
public final class ModelCatalog {
  private static final String VERSION_MARKS = "-@:";

  private final Map<String, ModelFacts> facts;

  /** A catalog of the given names. */
  public ModelCatalog(Map<String, ModelFacts> facts) {
    this.facts = Map.copyOf(facts);
  }

  /** Whether {@code model} has facts here, by whatever name of it. */
  public boolean knows(String model) {
    return find(model) != null;
  }

  /** The facts of {@code model}, {@link ModelFacts#UNKNOWN} when it is not known. */
  public ModelFacts factsOf(String model) {
    ModelFacts found = find(model);
    return found == null ? ModelFacts.UNKNOWN : found;
  }

  private @Nullable ModelFacts find(String model) {
    ModelFacts found = byNameOrVersion(model);
    int path = model.lastIndexOf('/');
    return found != null || path < 0 ? found : byNameOrVersion(model.substring(path + 1));
  }

  private @Nullable ModelFacts byNameOrVersion(String name) {
    ModelFacts exact = facts.get(name);
    for (int end = name.length() - 1; exact == null && end > 0; end--) {
      if (VERSION_MARKS.indexOf(name.charAt(end)) >= 0) {
        exact = facts.get(name.substring(0, end));
      }
    }
    return exact;
  }
}
