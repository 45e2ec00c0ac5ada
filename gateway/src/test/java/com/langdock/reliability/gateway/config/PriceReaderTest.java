package com.langdock.reliability.gateway.config;

import static com.langdock.reliability.gateway.config.Configs.PROVIDERS;
import static com.langdock.reliability.gateway.config.Configs.loaded;
import static com.langdock.reliability.gateway.config.Configs.problems;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.Price;
import com.langdock.reliability.core.domain.PriceTerms;
import com.langdock.reliability.core.domain.Usage;
import java.time.LocalDate;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What a configuration says of prices. */
class PriceReaderTest {
  @Test
  void overridesThePrice() {
    String price = "{input: 0.075, cached_input: 0.02, output: 0.3, as_of: 2026-11-23}";
    assertThat(
            loaded("models: {gpt-4: {price: " + price + "}}\n" + PROVIDERS)
                .catalog()
                .factsOf("gpt-4")
                .price())
        .isEqualTo(new Price(75_000, 20_000, 300_000, LocalDate.of(2026, 11, 23)));
  }

  @Test
  void keepsTheTermsOfAModelWhosePriceItSets() {
    Price price =
        loaded("models: {gpt-5.4: {price: {input: 1, output: 2}}}\n" + PROVIDERS)
            .catalog()
            .factsOf("gpt-5.4")
            .price();

    assertThat(Objects.requireNonNull(price).of(new Usage(300_000, 0, 0)))
        .isEqualTo(600_000_000_000L);
  }

  @Test
  void overridesWhatChangesAPrice() {
    String terms =
        "{cache_write: 1.5, long_cache_write: 3, priority: 4, flex: 0.25, batch: 0.4,"
            + " long_prompt: {above: 1000, input: 2, output: 3}, audio_input: 7, web_search: 5}";
    GatewayConfig config = loaded("models: {gpt-4o: {price: " + terms + "}}\n" + PROVIDERS);
    Price price = Objects.requireNonNull(config.catalog().factsOf("gpt-4o").price());

    assertThat(price.input()).isEqualTo(2_500_000);
    assertThat(price.cachedInput()).isEqualTo(1_250_000);
    assertThat(price.output()).isEqualTo(10_000_000);
    assertThat(price.asOf()).isEqualTo(LocalDate.of(2026, 9, 23));
    assertThat(price.terms())
        .isEqualTo(
            new PriceTerms(
                1_500,
                3_000,
                new PriceTerms.Audio(7_000_000, 0),
                new PriceTerms.LongPrompt(1_000, 2_000, 3_000),
                4_000,
                250,
                5_000_000_000L));
    assertThat(config.models().entries())
        .filteredOn(entry -> entry.name().equals("gpt-4o"))
        .extracting(ModelEntry::batch)
        .containsExactly(400);
  }

  @Test
  void hasNoTermsWithoutAPrice() {
    assertThat(problems("models: {mine: {price: {flex: 2}}}\n" + PROVIDERS))
        .containsExactly(
            "1: models.mine.price.input: needs input and output, in dollars per million tokens");
    assertThat(problems("models: {gpt-4: {price: {flex: 101}}}\n" + PROVIDERS))
        .containsExactly("1: models.gpt-4.price.flex: must be from 0 to 100, not \"101\"");
  }

  @Test
  void requiresACompletePrice() {
    assertThat(problems("models: {gpt-4: {price: {input: 1, as_of: soon}}}\n" + PROVIDERS))
        .containsExactly(
            "1: models.gpt-4.price.input: needs input and output, in dollars per million tokens",
            "1: models.gpt-4.price.as_of: must be a date such as 2026-11-23, not \"soon\"");
  }
}
