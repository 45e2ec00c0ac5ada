package com.langdock.reliability.gateway.journal.store;

import com.langdock.reliability.core.domain.Price;
import com.langdock.reliability.core.domain.Usage;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Tokens used, and their cost.
 *
 * @param picodollars 10^-12 US dollars, null while no price is known
 */
public record Cost(Usage usage, @Nullable Long picodollars) {
  private static final int DIGITS = 12;
  private static final long PICO_IN_NANO = 1_000;

  /** Nothing used. */
  public static final Cost NONE = new Cost(Usage.NONE, null);

  /** The cost of {@code usage}. */
  public static Cost of(Usage usage, @Nullable Price price) {
    return new Cost(usage, price == null ? null : price.of(usage));
  }

  /** Both together; where only one has a price, that. */
  public Cost plus(Cost other) {
    if (equals(NONE)) {
      return other; // The first of a request, and mostly the last.
    }
    Usage sum = usage.plus(other.usage);
    if (picodollars == null || other.picodollars == null) {
      return new Cost(sum, picodollars == null ? other.picodollars : picodollars);
    }
    long both = picodollars + other.picodollars;
    return new Cost(sum, both < 0 ? Long.MAX_VALUE : both); // neither is ever negative
  }

  /** The same with picodollars rounded up to nanodollars, in which money is counted. */
  public Cost inNanodollars() {
    if (picodollars == null || picodollars % PICO_IN_NANO == 0) {
      return this;
    }
    return new Cost(usage, (picodollars / PICO_IN_NANO + 1) * PICO_IN_NANO);
  }

  /** US dollars, null while no price is known. */
  public @Nullable BigDecimal dollars() {
    return picodollars == null
        ? null
        : BigDecimal.valueOf(picodollars, DIGITS).stripTrailingZeros();
  }
}
