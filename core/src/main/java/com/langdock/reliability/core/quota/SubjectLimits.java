package com.langdock.reliability.core.quota;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The limits of one subject.
 *
 * @param periods what may be used in a period; those without an entry have no limit
 * @param alertAt parts of a budget, in thousandths, that are reported when they are reached
 * @param shadow whether they are only counted and reported, and refuse nothing
 */
public record SubjectLimits(
    Rates rates, Map<Period, PeriodLimits> periods, List<Integer> alertAt, boolean shadow) {
  /** No limit of a kind. */
  public static final long UNLIMITED = Long.MAX_VALUE;

  /** No limits. */
  public static final SubjectLimits NONE =
      new SubjectLimits(Rates.NONE, Map.of(), List.of(), false);

  /** Keeps immutable copies. */
  public SubjectLimits {
    periods = Map.copyOf(periods);
    alertAt = alertAt.stream().sorted().toList();
  }

  /**
   * What may be used at a time.
   *
   * @param requests null without a limit
   * @param tokens input and output together; null without a limit
   * @param concurrent {@link #UNLIMITED} without a limit
   */
  public record Rates(@Nullable Rate requests, @Nullable Rate tokens, long concurrent) {
    /** No limits. */
    public static final Rates NONE = new Rates(null, null, UNLIMITED);
  }

  /**
   * What may be used in one period, each {@link #UNLIMITED} without a limit.
   *
   * @param tokens input and output together
   * @param nanodollars 10^-9 US dollars
   */
  public record PeriodLimits(long requests, long tokens, long nanodollars) {
    /** No limits. */
    public static final PeriodLimits NONE = new PeriodLimits(UNLIMITED, UNLIMITED, UNLIMITED);
  }

  /** The limits of {@code period}. */
  public PeriodLimits of(Period period) {
    return periods.getOrDefault(period, PeriodLimits.NONE);
  }

  /** Whether any of them is about money. */
  public boolean hasBudget() {
    return periods.values().stream().anyMatch(limits -> limits.nanodollars() != UNLIMITED);
  }

  /** Whether a client is told in headers what is left of a rate. */
  public boolean hasRates() {
    return rates.requests() != null || rates.tokens() != null;
  }

  /** Whether nothing is limited. */
  public boolean isNone() {
    return rates.equals(Rates.NONE)
        && periods.values().stream().allMatch(PeriodLimits.NONE::equals);
  }
}
