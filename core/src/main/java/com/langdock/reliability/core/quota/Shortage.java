package com.langdock.reliability.core.quota;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What this replica holds of shared limits does not suffice, and no limit refuses: more has to be
 * drawn before the request can be decided. Nothing was taken.
 *
 * @param wants what is missing, at least one
 */
public record Shortage(List<Want> wants) implements Decision {
  /** Keeps an immutable copy. */
  public Shortage {
    wants = List.copyOf(wants);
  }

  /**
   * What is missing of one limit.
   *
   * @param period of a limit that counts for one, else null
   * @param needed what the request needs of it in all
   */
  public record Want(Subject subject, LimitKind kind, @Nullable Period period, long needed) {}
}
