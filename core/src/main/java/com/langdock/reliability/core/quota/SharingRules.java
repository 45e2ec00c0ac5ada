package com.langdock.reliability.core.quota;

import com.langdock.reliability.core.access.Priority;

/**
 * How a limit that several share is divided, in thousandths of it.
 *
 * @param keptFromLow what requests of low priority must leave free
 * @param keptFromNormal what requests of normal priority must leave free, at most as much
 * @param maxShare what one key may hold of the slots
 */
public record SharingRules(int keptFromLow, int keptFromNormal, int maxShare) {
  /** All of it. */
  public static final int WHOLE = 1_000;

  /** A fifth is kept from low priority; one key may hold all slots. */
  public static final SharingRules STANDARD = new SharingRules(WHOLE / 5, 0, WHOLE);

  /** Checks that each lies within its limits. */
  public SharingRules {
    boolean ordered = 0 <= keptFromNormal && keptFromNormal <= keptFromLow && keptFromLow < WHOLE;
    if (!ordered || maxShare < 1 || maxShare > WHOLE) {
      throw new IllegalArgumentException(
          "no rules: " + keptFromLow + ", " + keptFromNormal + ", " + maxShare);
    }
  }

  /** What of {@code limit} must stay free of a request, rounded down. */
  long kept(Subject subject, long limit, Priority priority) {
    if (!subject.isShared()) {
      return 0;
    }
    return switch (priority) {
      case HIGH -> 0;
      case NORMAL -> part(limit, keptFromNormal);
      case LOW -> part(limit, keptFromLow);
    };
  }

  /** The slots of {@code limit} that one key may hold, at least one. */
  long share(long limit) {
    return Math.max(1, part(limit, maxShare));
  }

  /** So many thousandths of {@code limit}, rounded down. */
  static long part(long limit, int thousandths) {
    return limit / WHOLE * thousandths + limit % WHOLE * thousandths / WHOLE;
  }
}
