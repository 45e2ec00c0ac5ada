package com.langdock.reliability.core.quota;

import com.langdock.reliability.core.access.Priority;
import org.jspecify.annotations.Nullable;

/**
 * What is left of the rates that a caller counts under: of several of a kind, the one that allows
 * the fewest.
 *
 * @param requests null without such a limit
 * @param tokens null without such a limit
 */
public record Standing(@Nullable Level requests, @Nullable Level tokens) {
  /** No rates. */
  public static final Standing NONE = new Standing(null, null);

  /** With the rates of another subject. */
  Standing and(SubjectState state, SharingRules rules, Priority priority, long now) {
    return new Standing(
        fewest(requests, level(state.requests, state.subject, rules, priority, now)),
        fewest(tokens, level(state.tokens, state.subject, rules, priority, now)));
  }

  private static @Nullable Level level(
      @Nullable Allowance bucket,
      Subject subject,
      SharingRules rules,
      Priority priority,
      long now) {
    if (bucket == null) {
      return null;
    }
    Rate rate = bucket.rate();
    long kept = rules.kept(subject, rate.burst(), priority);
    return new Level(
        Math.max(rate.perMinute(), rate.burst()), bucket.left(kept, now), bucket.resetNanos(now));
  }

  private static @Nullable Level fewest(@Nullable Level a, @Nullable Level b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return b.remaining() < a.remaining() ? b : a;
  }

  /**
   * What is left of one rate.
   *
   * @param limit the larger of a minute's amount and the burst
   * @param remaining what is admitted at once if nobody else comes
   * @param resetNanos until it is full
   */
  public record Level(long limit, long remaining, long resetNanos) {}

  /**
   * What is left of any limit.
   *
   * @param period of a limit that counts for one, else null
   * @param resetNanos until a bucket is full; zero for others
   */
  public record OfLimit(
      Subject subject,
      LimitKind kind,
      @Nullable Period period,
      long limit,
      long remaining,
      long resetNanos) {}
}
