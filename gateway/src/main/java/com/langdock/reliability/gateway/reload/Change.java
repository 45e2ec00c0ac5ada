package com.langdock.reliability.gateway.reload;

import com.langdock.reliability.yaml.ConfigProblem;
import java.util.List;

/** What became of a wish for another configuration. */
public sealed interface Change {
  /** It is in use. */
  record Applied(Edition edition) implements Change {}

  /** It cannot be used; nothing has changed. */
  record Rejected(List<ConfigProblem> problems) implements Change {
    /** Keeps an immutable copy. */
    public Rejected {
      problems = List.copyOf(problems);
    }
  }

  /** It was made from another version than the one in use; nothing has changed. */
  record Stale(int version) implements Change {}

  /** The file cannot be written; nothing has changed. */
  record ReadOnly() implements Change {}

  /** There is no such version. */
  record Unknown() implements Change {}
}
