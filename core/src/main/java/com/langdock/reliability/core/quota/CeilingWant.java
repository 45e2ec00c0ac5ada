package com.langdock.reliability.core.quota;

import java.util.List;

/**
 * What a process wants to be allowed to use of the limits of one subject in one period.
 *
 * @param key of the period
 * @param alertAt parts of the budget, in thousandths, that are reported when they are reached
 */
public record CeilingWant(
    Subject subject,
    Period period,
    String key,
    Need requests,
    Need tokens,
    Need money,
    List<Integer> alertAt) {

  /**
   * What is wanted of one limit.
   *
   * @param limit {@link SubjectLimits#UNLIMITED} where there is none
   * @param used what this process has used and holds
   * @param demand what requests that wait need beyond that
   * @param ahead what the next requests will need, as far as it is plenty
   */
  public record Need(long limit, long used, long demand, long ahead) {
    /** Whether there is a limit. */
    public boolean isLimited() {
      return limit != SubjectLimits.UNLIMITED;
    }

    /**
     * What may be used of {@code free}, beyond what is used: all that is demanded, and ahead of
     * need at most a part of what is free, so that others find some too.
     *
     * @param processes that share the limit, this one included
     */
    public long of(long free, long processes) {
      long part = free / (CeilingRules.AHEAD_PART * processes);
      return Math.min(free, Math.max(demand, Math.min(ahead, part)));
    }
  }
}
