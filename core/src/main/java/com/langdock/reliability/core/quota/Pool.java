package com.langdock.reliability.core.quota;

import org.jspecify.annotations.Nullable;

/** The part of one shared limit that this replica holds. */
sealed interface Pool permits RatePool, SlotPool {
  /** More is missing for a request that waits. */
  void want(long needed, long kept);

  /** The command that it needs, null for none; what is given back is no longer held. */
  @Nullable Draw draw(long now);

  /** Its command was answered that was sent after {@code sentAt}. */
  void answered(Draw draw, Draw.Answer answer, long sentAt, long now);

  /** Whether its command had any effect is not known. */
  void failed(Draw draw);

  /** The store is away, or was until now. */
  void storeChanged(boolean away, long now);

  /**
   * Looks after what it holds, once a second.
   *
   * @return whether it must be looked after again
   */
  boolean age(long now);
}
