package com.langdock.reliability.gateway.config;

import static com.langdock.reliability.gateway.config.Configs.PROVIDERS;
import static com.langdock.reliability.gateway.config.Configs.loaded;
import static com.langdock.reliability.gateway.config.Configs.problems;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.ModelCatalog;
import com.langdock.reliability.core.domain.ModelFacts;
import com.langdock.reliability.core.domain.ModelTraits;
import com.langdock.reliability.core.domain.ModelTraits.Sampling;
import com.langdock.reliability.core.domain.ModelTraits.Thinking;
import com.langdock.reliability.core.domain.Price;
import com.langdock.reliability.core.domain.PriceTerms;
import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.core.domain.UsageDetails;
import com.langdock.reliability.core.domain.UsageDetails.Tier;
import com.langdock.reliability.gateway.config.ModelTable.Served;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ModelTableTest {
  private final ModelCatalog shipped = ModelTable.shipped().catalog();

  @ParameterizedTest
  @CsvSource({
    "gpt-4, 8192/8192 false true cl100k_base",
    "gpt-35-turbo, 16385/4096 false true cl100k_base",
    "gpt-4-1106-preview, 128000/4096 false true cl100k_base",
    "gpt-4o-2024-08-06, 128000/16384 false true o200k_base",
    "openai/gpt-4.1-mini, 1047576/32768 false true o200k_base",
    "gpt-5-nano-2025-08-07, 400000/128000 true true o200k_base",
    "gpt-5.6-sol, 1050000/128000 true true o200k_base",
    "claude-3-opus-20240229, 200000/4096 false true null",
    "claude-haiku-4-5@20251001, 200000/64000 false true null",
    "claude-sonnet-4-5-20250929, -1/64000 false true null",
    "claude-sonnet-4-6, 1000000/128000 false false null",
    "anthropic/claude-opus-5.5, 1000000/128000 true false null",
    "us.amazon.nova-lite-v1:0, 300000/10000 false true null",
    "eu.anthropic.claude-opus-4-5-20251101-v1:0, 200000/64000 false true null",
    "gemini-2.5-flash, 1048576/65536 true true null",
    "mistral-large-latest, -1/-1 false false null",
    "no-such-model, -1/-1 false true null",
  })
  void knowsModelsByTheirManyNames(String model, String facts) {
    assertThat(shown(shipped.factsOf(model))).isEqualTo(facts);
  }

  @ParameterizedTest
  @CsvSource({
    "gemini-2.0-flash, NONE",
    "gemini-2.5-pro, BUDGET_ALWAYS",
    "gemini-2.5-flash-lite, BUDGET",
    "gemini-3-pro-preview, LOW_OR_HIGH",
    "gemini-3.1-pro-preview, LEVEL_ALWAYS",
    "google/gemini-3-flash, LEVEL",
    "gemini-4-of-tomorrow, LEVEL_ALWAYS",
  })
  void knowsHowGeminiModelsAreAskedToThink(String model, Thinking thinking) {
    assertThat(shipped.factsOf(model).traits().thinking()).isEqualTo(thinking);
  }

  @ParameterizedTest
  @CsvSource({
    "gpt-4o-2024-08-06, 2.5/1.25/10.0",
    "gpt-4o-2024-05-13, 5.0/5.0/15.0",
    "gpt-5.1, 1.25/0.125/10.0",
    "gpt-5-mini-2025-08-07, 0.25/0.025/2.0",
    "gpt-5-nano, 0.05/0.005/0.4",
    "openai/gpt-5.4-pro, 30.0/30.0/180.0",
    "gpt-5.6-luna, 0.2/0.02/1.2",
    "claude-opus-4-1-20250805, 15.0/1.5/75.0",
    "claude-opus-4.8, 5.0/0.5/25.0",
    "claude-sonnet-4-6, 3.0/0.3/15.0",
    "claude-haiku-4-5@20251001, 1.0/0.1/5.0",
    "anthropic/claude-fable-5.1, 10.0/0.25/50.0",
    "gemini-3.1-pro-preview, 2.0/0.2/12.0",
    "gemini-3-flash-preview, 0.5/0.05/3.0",
    "mistral-medium-2508, 0.4/0.04/2.0",
    "llama-3.3-70b-versatile, 0.59/0.59/0.79",
    "deepseek-v4-pro, 1.32/0.044/3.96",
    "grok-4.5, 2.0/0.3/6.0",
    "gpt-6-sol, 2.0/0.2/10.0",
    "gpt-6.1-terra-2026-10-26, 1.0/0.05/5.0",
    "claude-mythos-5-1, 10.0/0.25/50.0",
    "gemini-3.7-flash, 0.75/0.075/3.75",
    "kimi-k3, 3.0/0.3/15.0",
    "gpt-oss-120b, unknown",
    "mistral-large-latest, unknown",
  })
  void knowsWhatModelsCost(String model, String price) {
    assertThat(shown(shipped.factsOf(model).price())).isEqualTo(price);
  }

  @ParameterizedTest
  @CsvSource({
    "claude-3-opus-20240229, any none false",
    "claude-3-5-sonnet-v2@20241022, any none false",
    "claude-3-7-sonnet, any budget false",
    "claude-sonnet-4-20250514, any budget false",
    "claude-opus-4-1-20250805, one budget false",
    "claude-sonnet-4-5-20250929, one budget true",
    "claude-opus-4-5, one budget true",
    "claude-haiku-4-5@20251001, one budget true",
    "claude-sonnet-4-6, one adaptive true",
    "claude-opus-4-6, one adaptive true",
    "claude-opus-4-7, none effort true",
    "claude-opus-4.8, none effort true",
    "claude-opus-5-20260724, none effort true",
    "claude-sonnet-5, none effort true",
    "claude-haiku-5-5, none effort true",
    "claude-sonnet-5-5, none between true",
    "claude-opus-5-5, none always true",
    "claude-fable-5.1, none always true",
    "anthropic/claude-not-yet-known-9, none always true",
    "gpt-4o, any none true",
    "no-such-model, any none false",
  })
  void knowsWhatEveryGenerationOfClaudeTakes(String model, String expected) {
    ModelTraits traits = shipped.factsOf(model).traits();
    String shown =
        "%s %s %s".formatted(traits.sampling(), traits.thinking(), traits.structuredOutput());
    assertThat(shown).isEqualToIgnoringCase(expected);
  }

  /**
   * Dollars, for a million tokens of the kind; the third column is the tier or what else counts.
   */
  @ParameterizedTest
  @CsvSource({
    "claude-sonnet-4-5, write, 3.75",
    "claude-sonnet-4-5-20250929, hour, 6.0",
    "claude-haiku-5.5, write, 0.125",
    "claude-haiku-5-5, long, 0.5",
    "claude-opus-5-5, PRIORITY, 8.0",
    "claude-opus-4-1, search, 0.01",
    "gpt-5.4, long, 5.0",
    "gpt-5.4, plain, 2.5",
    "gpt-5.1, PRIORITY, 2.5",
    "gpt-5.5, PRIORITY, 12.5",
    "gpt-5, FLEX, 0.625",
    "gpt-5.6-sol, write, 5.0",
    "gpt-6.1-terra, long, 2.0",
    "gpt-4o-audio-preview, audio, 40.0",
    "gpt-4o-mini, PRIORITY, 0.25005",
    "gpt-4.1, write, 2.0",
    "gemini-2.5-pro, long, 2.5",
    "gpt-4, FLEX, 30.0",
  })
  void knowsWhatChangesAPrice(String model, String kind, double dollars) {
    long million = 1_000_000;
    UsageDetails details =
        switch (kind) {
          case "write" -> new UsageDetails(million, 0, 0, 0, 0, Tier.STANDARD);
          case "hour" -> new UsageDetails(0, million, 0, 0, 0, Tier.STANDARD);
          case "audio" -> new UsageDetails(0, 0, million, 0, 0, Tier.STANDARD);
          case "search" -> new UsageDetails(0, 0, 0, 0, 1, Tier.STANDARD);
          case "PRIORITY", "FLEX" -> new UsageDetails(0, 0, 0, 0, 0, Tier.valueOf(kind));
          default -> UsageDetails.NONE;
        };
    long tokens = kind.equals("search") ? 0 : kind.equals("long") ? million : million / 10;
    Price price = Objects.requireNonNull(shipped.factsOf(model).price());

    long cost = price.of(new Usage(tokens, 0, 0, details));

    assertThat(cost * (tokens == 0 ? 1 : million / tokens) / 1e12).isEqualTo(dollars);
  }

  @Test
  void hasTermsForModelsThatItKnowsOnly() {
    assertThat(shipped.factsOf("claude-fable-99").price()).isNull();
    assertThat(Objects.requireNonNull(shipped.factsOf("gpt-4").price()).terms())
        .isEqualTo(PriceTerms.STANDARD);
  }

  @Test
  void shipsPlausibleFacts() {
    assertThat(ModelTable.shipped().names())
        .hasSizeGreaterThan(100)
        .allSatisfy(name -> {
          ModelFacts facts = shipped.factsOf(name);
          assertThat(facts.tokenizer()).isIn(null, "cl100k_base", "o200k_base");
          assertThat(facts.maxOutputTokens().orElse(0))
              .isLessThanOrEqualTo(facts.contextWindow().orElse(Long.MAX_VALUE));
        });
  }

  /** Input/cached input/output, in dollars per million tokens. */
  private static String shown(@Nullable Price price) {
    return price == null
        ? "unknown"
        : "%s/%s/%s"
            .formatted(price.input() / 1e6, price.cachedInput() / 1e6, price.output() / 1e6);
  }

  /** Window/output, reasoning, prefill, tokenizer; -1 for what is unknown. */
  private static String shown(ModelFacts facts) {
    return "%d/%d %s %s %s"
        .formatted(
            facts.contextWindow().orElse(-1),
            facts.maxOutputTokens().orElse(-1),
            facts.reasoning(),
            facts.prefill(),
            facts.tokenizer());
  }

  @Nested
  final class AConfiguration {
    @Test
    void overridesSingleFacts() {
      ModelFacts facts =
          loaded("models: {gpt-4: {context_window: 9000}}\n" + PROVIDERS)
              .catalog()
              .factsOf("gpt-4-0712");
      assertThat(shown(facts)).isEqualTo("9000/8192 false true cl100k_base");
      assertThat(facts.price()).isEqualTo(shipped.factsOf("gpt-4").price());
    }

    @Test
    void addsModelsStartingFromTheFactsOfTheirVersion() {
      ModelCatalog catalog =
          loaded(
                  "models: {mine: {reasoning: true}, gpt-4o-2027-01-01: {prefill: false}}\n"
                      + PROVIDERS)
              .catalog();
      assertThat(catalog.factsOf("mine").reasoning()).isTrue();
      assertThat(catalog.factsOf("mine").contextWindow()).isEmpty();
      assertThat(catalog.factsOf("gpt-4o-2027-01-01").contextWindow())
          .isEqualTo(OptionalLong.of(128_000));
    }

    @Test
    void givesEachProvidersModelItsOwnFacts() {
      ModelCatalog catalog =
          ModelTable.shipped()
              .servedBy(
                  List.of(
                      new Served("a", "openai", Map.of("smart", "gpt-4o", "gpt-4", "gpt-4o")),
                      new Served(
                          "b",
                          "anthropic",
                          Map.of("smart", "claude-opus-4-8", "new", "claude-opus-9"))))
              .catalog();
      assertThat(catalog.factsOf(new Target("a", "smart"))).isEqualTo(shipped.factsOf("gpt-4o"));
      assertThat(catalog.factsOf(new Target("b", "smart")))
          .isEqualTo(shipped.factsOf("claude-opus-4-8"));
      assertThat(catalog.factsOf(new Target("none", "gpt-4o")))
          .isEqualTo(shipped.factsOf("gpt-4o"));
      assertThat(shown(catalog.factsOf("smart"))).isEqualTo("1000000/128000 false true o200k_base");
      assertThat(catalog.factsOf("smart", "gpt-4o")).isEqualTo(shipped.factsOf("gpt-4o"));
      assertThat(catalog.factsOf("smart", "claude-opus-4-8"))
          .isEqualTo(shipped.factsOf("claude-opus-4-8"));
      assertThat(catalog.factsOf("new", "claude-opus-9").traits().thinking())
          .isEqualTo(Thinking.ALWAYS);
      assertThat(catalog.factsOf("gpt-4", "gpt-4o")).isEqualTo(shipped.factsOf("gpt-4"));
      assertThat(catalog.factsOf("x", "y")).isEqualTo(ModelFacts.UNKNOWN);
    }

    @Test
    void hasNoLimitForANameWhereOneTargetsIsUnknown() {
      for (List<String> models :
          List.of(List.of("gpt-4o", "unheard-of"), List.of("unheard-of", "gpt-4o"))) {
        ModelFacts facts =
            ModelTable.shipped()
                .servedBy(
                    List.of(
                        new Served("a", "openai", Map.of("smart", models.getFirst())),
                        new Served("b", "openai", Map.of("smart", models.getLast()))))
                .catalog()
                .factsOf("smart");
        assertThat(shown(facts)).isEqualTo("-1/-1 false true o200k_base");
      }
    }

    /** The price of the same open weights depends on who serves them. */
    @Test
    void hasThePricesOfEachTypeOfProvider() {
      String gptOss = "openai/gpt-oss-120b";
      String yaml =
          """
          models: {fast: {prefill: false}, gpt-oss-120b: {context_window: 70000}}
          providers:
            - {name: groq, api_key: k, models: {fast: openai/gpt-oss-120b}}
            - {name: cerebras, api_key: k, models: {fast: gpt-oss-120b}}
            - {name: vllm, models: [openai/gpt-oss-120b]}
            - {name: g, type: openai, base_url: "https://api.groq.com/openai/v1", api_key: k,
               models: [openai/gpt-oss-120b]}
          """;
      ModelCatalog catalog = loaded(yaml).catalog();

      assertThat(shown(catalog.factsOf(new Target("groq", "fast")).price()))
          .isEqualTo("0.15/0.075/0.6");
      assertThat(catalog.factsOf(new Target("groq", "fast")).prefill()).isFalse();
      assertThat(shown(catalog.factsOf(new Target("cerebras", "fast")).price()))
          .isEqualTo("0.35/0.35/0.75");
      assertThat(catalog.factsOf(new Target("cerebras", "fast")).contextWindow()).hasValue(70_000);
      assertThat(shown(catalog.factsOf(new Target("vllm", gptOss)).price())).isEqualTo("unknown");
      assertThat(shown(catalog.factsOf(new Target("g", gptOss)).price()))
          .isEqualTo("0.15/0.075/0.6");
      assertThat(catalog.factsOf(gptOss).contextWindow()).hasValue(70_000);
    }

    @Test
    void saysWhatAModelTakesAndWhoServesIt() {
      ModelTable table =
          loaded(
                  "models: {gpt-4o: {abilities: [audio], formats: [chat, messages]}, mine: {}}\n"
                      + PROVIDERS)
              .models();

      assertThat(table.entries())
          .filteredOn(entry -> entry.name().equals("gpt-4o"))
          .singleElement()
          .satisfies(entry -> {
            assertThat(entry.offer().abilities()).containsExactly(Ability.AUDIO);
            assertThat(entry.offer().formats()).containsExactly(ApiFormat.CHAT, ApiFormat.MESSAGES);
            assertThat(entry.origin().sources()).endsWith("configuration");
            assertThat(entry.isServedBy("azure")).isTrue();
          });
      assertThat(table.entries().getLast().name()).isEqualTo("mine");
      assertThat(problems("models: {gpt-4o: {abilities: [smell]}}\n" + PROVIDERS))
          .containsExactly(
              "1: models.gpt-4o.abilities[0]: must be one of tools, images, audio, video,"
                  + " files");
    }

    @Test
    void setsLimitsOfAVersion() {
      String yaml =
          "models: {gpt-4o-2027-01-01: {max_output_tokens: 99}, gpt-4o-latest: {prefill: false}}\n";
      ModelCatalog catalog = loaded(yaml + PROVIDERS).catalog();
      assertThat(catalog.factsOf("gpt-4o-2027-01-01").limitsInherited()).isFalse();
      assertThat(catalog.factsOf("gpt-4o-latest").limitsInherited()).isTrue();
    }

    @Test
    void overridesTraits() {
      String said = "{sampling: none, thinking: effort, structured_output: true, prefill: false}";
      assertThat(
              loaded("models: {mine: " + said + "}\n" + PROVIDERS)
                  .catalog()
                  .factsOf("mine")
                  .traits())
          .isEqualTo(new ModelTraits(false, false, Sampling.NONE, Thinking.EFFORT, true));
    }

    @Test
    void givesAnAliasTheFactsOfTheProvidersName() {
      String yaml = PROVIDERS.replace("[gpt-4, gpt-4o]", "{smart: gpt-4o, gpt-4: gpt-4o}");
      ModelCatalog catalog = loaded(yaml).catalog();
      assertThat(catalog.factsOf("smart")).isEqualTo(shipped.factsOf("gpt-4o"));
      assertThat(catalog.factsOf("gpt-4")).isEqualTo(shipped.factsOf("gpt-4"));
    }
  }
}
