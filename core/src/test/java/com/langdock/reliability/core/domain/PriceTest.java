package com.langdock.reliability.core.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;

final class PriceTest {
  /** $2.50 per million tokens in, $1.25 from the cache, $10 out. */
  private final Price price = new Price(2_500_000, 1_250_000, 10_000_000, LocalDate.EPOCH);

  @Test
  void costsWhatItsTokensCost() {
    assertThat(price.of(new Usage(1_000_000, 0, 0)))
        .isEqualTo(5 * Price.PICODOLLARS_PER_DOLLAR / 2);
    assertThat(price.of(new Usage(0, 0, 100_000))).isEqualTo(Price.PICODOLLARS_PER_DOLLAR);
    assertThat(price.of(Usage.NONE)).isZero();
  }

  @Test
  void countsCachedTokensOnlyOnceAndAtTheirOwnPrice() {
    assertThat(price.of(new Usage(1_000, 400, 0))).isEqualTo(600 * 2_500_000L + 400 * 1_250_000L);
  }

  @Test
  void isExactForAFractionOfACent() {
    Price cheap = new Price(75_000, 18_750, 300_000, LocalDate.EPOCH);
    assertThat(cheap.of(new Usage(3, 0, 1))).isEqualTo(525_000);
  }
}
