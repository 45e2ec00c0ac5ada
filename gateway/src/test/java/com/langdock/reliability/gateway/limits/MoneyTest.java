package com.langdock.reliability.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MoneyTest {
  @Test
  void picodollarsAreRoundedUp() {
    assertThat(Money.nanodollars(0)).isZero();
    assertThat(Money.nanodollars(1)).isEqualTo(1);
    assertThat(Money.nanodollars(1_000)).isEqualTo(1);
    assertThat(Money.nanodollars(1_001)).isEqualTo(2);
  }

  @Test
  void dollarsAreDecimalWithoutZerosAtTheEnd() {
    assertThat(Money.dollars(0)).isEqualTo("0");
    assertThat(Money.dollars(1)).isEqualTo("0.000000001");
    assertThat(Money.dollars(120_000_000)).isEqualTo("0.12");
    assertThat(Money.dollars(999_999_999)).isEqualTo("0.999999999");
    assertThat(Money.dollars(1_000_000_000)).isEqualTo("1");
    assertThat(Money.dollars(20_500_000_000L)).isEqualTo("20.5");
    assertThat(Money.dollars(-5_000_000)).isEqualTo("-0.005");
    assertThat(Money.dollars(Long.MAX_VALUE)).isEqualTo("9223372036.854775807");
  }

  @Test
  void dollarsAreWhatBigDecimalWrites() {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 10_000; i++) {
      long amount = random.nextLong(1, 1L << random.nextInt(1, 62));
      assertThat(Money.dollars(amount))
          .isEqualTo(BigDecimal.valueOf(amount, 9).stripTrailingZeros().toPlainString());
    }
  }
}
