package com.langdock.reliability.core.routing;

import com.langdock.reliability.core.domain.Target;
import java.util.List;
import java.util.function.Predicate;

/** The targets that may answer a request, best first; empty when no provider serves the model. */
public record Plan(List<Target> targets) {
  /** Keeps an immutable copy. */
  public Plan {
    targets = List.copyOf(targets);
  }

  /** The targets that {@code allowed} accepts; nobody else may answer. */
  public Plan within(Predicate<Target> allowed) {
    return new Plan(targets.stream().filter(allowed).toList());
  }

  /** The targets of {@code provider} only, so that no other account answers; all if it has none. */
  public Plan at(String provider) {
    List<Target> own =
        targets.stream().filter(target -> target.provider().equals(provider)).toList();
    return own.isEmpty() ? this : new Plan(own);
  }

  /** The targets of {@code model} only, so that no other model answers for it. */
  public Plan of(String model) {
    return new Plan(targets.stream().filter(target -> target.model().equals(model)).toList());
  }
}
