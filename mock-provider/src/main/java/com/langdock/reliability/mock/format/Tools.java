package com.langdock.reliability.mock.format;

import java.util.List;
import java.util.Set;

/**
 * The tools of a request.
 *
 * @param offered those that may be called
 * @param parallel whether one answer may have several calls
 */
public record Tools(List<Tool> offered, Choice choice, boolean parallel) {
  /** No tools. */
  public static final Tools NONE = new Tools(List.of(), Choice.AUTO, true);

  /** Whether the model calls a tool. */
  public enum Choice {
    /** As it likes. */
    AUTO,
    /** Never. */
    NONE,
    /** Always. */
    REQUIRED
  }

  /** The same with only the tools of these names; with all of them when there are no names. */
  public Tools only(Set<String> names) {
    return names.isEmpty()
        ? this
        : new Tools(
            offered.stream().filter(tool -> names.contains(tool.name())).toList(),
            choice,
            parallel);
  }
}
