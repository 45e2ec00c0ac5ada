package com.langdock.reliability.core.domain;

import org.jspecify.annotations.Nullable;

/**
 * An attempt and how it ended.
 *
 * @param failure null when it succeeded
 * @param endedAt monotonic nanoseconds
 */
public record EndedAttempt(Attempt attempt, @Nullable Failure failure, long endedAt) {
  /** The duration in nanoseconds. */
  public long nanos() {
    return endedAt - attempt.startedAt();
  }
}
