package com.langdock.reliability.gateway.reload;

import com.langdock.reliability.yaml.ConfigProblem;
import java.util.List;

/**
 * A configuration that was not taken.
 *
 * @param atMillis in milliseconds since 1970
 * @param by who brought it
 * @param problems all of them; never empty
 */
public record Rejection(long atMillis, String by, List<ConfigProblem> problems) {
  /** Keeps an immutable copy. */
  public Rejection {
    problems = List.copyOf(problems);
  }
}
