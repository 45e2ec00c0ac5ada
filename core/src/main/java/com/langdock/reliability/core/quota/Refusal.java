package com.langdock.reliability.core.quota;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Why a request is not admitted: of all limits that refuse it, the one with the longest wait.
 *
 * @param period of a limit that counts for one, else null
 * @param remaining what is left for this request's priority; never negative
 * @param needed what the request needs
 * @param waitNanos after which it is admitted if nothing else is taken meanwhile; {@link #NEVER}
 *     where no wait helps; of no meaning for a limit of a period, which ends with it
 */
public record Refusal(
    Subject subject,
    LimitKind kind,
    @Nullable Period period,
    long limit,
    long remaining,
    long needed,
    long waitNanos)
    implements Decision {
  /** More than the limit can ever hold. */
  public static final long NEVER = Long.MAX_VALUE;

  /** The name of the limit, such as {@code tokens_per_minute} or {@code budget_month}. */
  public String limitName() {
    return name(kind, period);
  }

  /** The name of a limit. */
  public static String name(LimitKind kind, @Nullable Period period) {
    String word = kind.name().toLowerCase(Locale.ROOT);
    return period == null ? word : word + "_" + period.name().toLowerCase(Locale.ROOT);
  }

  /** Whether what may be used in a period is used up, so that asking again does not help. */
  public boolean isExhausted() {
    return kind.isOfPeriod();
  }
}
