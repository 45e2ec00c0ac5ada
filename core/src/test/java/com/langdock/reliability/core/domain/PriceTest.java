package com.langdock.reliability.core.domain;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.PriceTerms.LongPrompt;
import com.langdock.reliability.core.domain.UsageDetails.Tier;
import java.time.LocalDate;
import org.junit.jupiter.api.Nested;
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

  @Nested
  final class UnderTerms {
    /** As Anthropic's Sonnet 4.5: $3, $0.30, $15; writes 1.25 and 2 times, long prompts dearer. */
    private final Price price =
        Price.perMillion(3, 0.3, 15, LocalDate.EPOCH)
            .with(
                new PriceTerms(
                    1_250,
                    2_000,
                    PriceTerms.Audio.AS_TEXT,
                    new LongPrompt(200_000, 2_000, 1_500),
                    6_000,
                    500,
                    10_000_000_000L));

    @Test
    void writesToACacheCostMoreThanOtherInput() {
      assertThat(dollars(price, 100_000, 0, 0, details(100_000, 0, 0, Tier.STANDARD)))
          .isEqualTo(0.375);
      assertThat(dollars(price, 100_000, 0, 0, details(0, 100_000, 0, Tier.STANDARD)))
          .isEqualTo(0.6);
      assertThat(dollars(price, 100_000, 20_000, 1_000, details(30_000, 10_000, 0, Tier.STANDARD)))
          .isEqualTo(0.12 + 0.006 + 0.1125 + 0.06 + 0.015);
    }

    @Test
    void aLongPromptIsDearerAsAWhole() {
      assertThat(dollars(price, 200_000, 0, 1_000, UsageDetails.NONE)).isEqualTo(0.615);
      assertThat(dollars(price, 200_001, 100_000, 1_000, UsageDetails.NONE)).isEqualTo(0.682506);
    }

    @Test
    void aTierChangesEverything() {
      assertThat(dollars(price, 100_000, 50_000, 1_000, details(0, 0, 0, Tier.FLEX)))
          .isEqualTo((0.15 + 0.015 + 0.015) / 2);
      assertThat(dollars(price, 100_000, 0, 0, details(0, 0, 0, Tier.PRIORITY))).isEqualTo(1.8);
    }

    @Test
    void searchesAreCounted() {
      assertThat(dollars(price, 0, 0, 0, details(0, 0, 3, Tier.STANDARD))).isEqualTo(0.03);
    }

    @Test
    void soundHasItsOwnPrice() {
      PriceTerms terms =
          new PriceTerms(
              PriceTerms.ONE,
              PriceTerms.ONE,
              new PriceTerms.Audio(40_000_000, 80_000_000),
              LongPrompt.NONE,
              PriceTerms.ONE,
              PriceTerms.ONE,
              0);
      Usage usage =
          new Usage(10_000, 0, 10_000, new UsageDetails(0, 0, 8_000, 9_000, 0, Tier.STANDARD));

      assertThat(Price.perMillion(2.5, 2.5, 10, LocalDate.EPOCH).with(terms).of(usage))
          .isEqualTo((2_000 * 25L + 8_000 * 400L + 1_000 * 100L + 9_000 * 800L) * 100_000);
    }

    private UsageDetails details(long writes, long longWrites, long searches, Tier tier) {
      return new UsageDetails(writes, longWrites, 0, 0, searches, tier);
    }

    private double dollars(Price price, long in, long cached, long out, UsageDetails details) {
      return price.of(new Usage(in, cached, out, details)) / 1e12;
    }
  }

  @Test
  void isNeverNegative() {
    Price dear = Price.perMillion(100_000, 100_000, 100_000, LocalDate.EPOCH);

    assertThat(dear.of(new Usage(Long.MAX_VALUE, 0, Long.MAX_VALUE))).isEqualTo(Long.MAX_VALUE);
    assertThat(price.of(new Usage(1_000_000_000_000_000L, 7, -5))).isPositive();
  }
}
