package com.langdock.reliability.core.routing;

import com.langdock.reliability.core.domain.Target;
import java.util.List;

/** The targets that may answer a request, best first; empty when no provider serves the model. */
public record Plan(List<Target> targets) {
  /** Keeps an immutable copy. */
  public Plan {
    targets = List.copyOf(targets);
  }

  /** The targets of {@code model} only, so that no other model answers for it. */
  public Plan of(String model) {
    return new Plan(targets.stream().filter(target -> target.model().equals(model)).toList());
  }
}
