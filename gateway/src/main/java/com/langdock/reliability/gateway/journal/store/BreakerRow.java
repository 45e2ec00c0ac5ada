package com.langdock.reliability.gateway.journal.store;

import java.util.Comparator;

/**
 * A change of a circuit breaker.
 *
 * @param at milliseconds since 1970
 * @param from the state before, such as {@code closed}
 * @param to the state after
 */
public record BreakerRow(long at, String breaker, String from, String to, String why) {
  /** All writers use this order, so that two never deadlock. */
  static final Comparator<BreakerRow> ORDER =
      Comparator.comparingLong(BreakerRow::at)
          .thenComparing(BreakerRow::breaker)
          .thenComparing(BreakerRow::from)
          .thenComparing(BreakerRow::to);

  /** Cuts texts that are too long. */
  public BreakerRow {
    breaker = RowText.of(breaker);
    why = RowText.of(why);
  }
}
