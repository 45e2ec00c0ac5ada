package com.langdock.reliability.core.domain;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.ModelTraits.Sampling;
import com.langdock.reliability.core.domain.ModelTraits.Thinking;
import java.time.LocalDate;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ModelCatalogTest {
  private static final ModelFacts GPT = facts(128_000);
  private static final ModelFacts MINI = facts(64_000);
  private static final ModelFacts OPUS = facts(32_000);
  private static final ModelFacts CLAUDE = facts(1);
  private final ModelCatalog catalog =
      new ModelCatalog(
          Map.of("gpt-4o", GPT, "gpt-4o-mini", MINI, "claude-opus-4", OPUS, "claude-*", CLAUDE));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-2024-08-06",
        "-20240806",
        "@20240806",
        "-0613",
        "-001",
        "-latest",
        "-preview",
        "-preview-05-06",
        "-preview-09-2025",
        "-exp-03-25",
        "-v2@20241022",
        "-v1:0",
        "-20240806-v1:0",
        "-beta",
        "-rc1",
      })
  void aVersionInheritsTraitsAndPriceWhileItsLimitsAreOnlyLikely(String version) {
    ModelFacts facts = catalog.factsOf("gpt-4o" + version);
    assertThat(facts.traits()).isEqualTo(GPT.traits());
    assertThat(facts.price()).isEqualTo(GPT.price());
    assertThat(facts.contextWindow()).hasValue(128_000);
    assertThat(facts.limitsInherited()).isTrue();
    assertThat(catalog.knows("openai/gpt-4o" + version)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-audio-preview",
        "-audio-preview-2024-12-17",
        "-realtime",
        "-image",
        "-search-preview",
        "-16k",
        "-128k-0315",
        "-4",
        "-5-20250101",
        "-mini-high",
        ":free",
        "-",
        "-latest-",
        "mini",
      })
  void aNameThatIsNoVersionInheritsNothing(String other) {
    assertThat(catalog.factsOf("gpt-4o" + other)).isEqualTo(ModelFacts.UNKNOWN);
    assertThat(catalog.knows("gpt-4o" + other)).isFalse();
  }

  @Test
  void aNameOfBedrockIsThatOfItsModel() {
    ModelFacts facts = new ModelFacts(OptionalLong.of(9), OptionalLong.empty(), false, true, null);
    ModelCatalog catalog = new ModelCatalog(Map.of("claude-x-4", facts));
    assertThat(catalog.factsOf("eu.anthropic.claude-x-4-20250929-v1:0").contextWindow())
        .hasValue(9);
    assertThat(catalog.factsOf("anthropic.claude-x-4")).isEqualTo(facts);
    assertThat(catalog.knows("eu.anthropic.claude-x")).isFalse();
    ModelCatalog ofVendor = new ModelCatalog(Map.of("amazon.nova-x", facts));
    assertThat(ofVendor.factsOf("us.amazon.nova-x")).isEqualTo(facts);
    assertThat(ofVendor.knows("nova-x")).isFalse();
  }

  @Test
  void aTargetMayHaveFactsOfItsOwn() {
    Target own = new Target("groq", "gpt-4o");
    ModelCatalog ofTargets = new ModelCatalog(Map.of("gpt-4o", GPT), Map.of(), Map.of(own, MINI));
    assertThat(ofTargets.factsOf(own)).isEqualTo(MINI);
    assertThat(ofTargets.factsOf(new Target("openai", "gpt-4o"))).isEqualTo(GPT);
    assertThat(ofTargets.factsOf("gpt-4o")).isEqualTo(GPT);
  }

  @Test
  void aListedNameHasFactsOfItsOwn() {
    assertThat(catalog.factsOf("gpt-4o")).isEqualTo(GPT);
    assertThat(catalog.factsOf("openai/gpt-4o-mini")).isEqualTo(MINI);
    assertThat(catalog.factsOf("gpt-4o-mini-2024-07-18").contextWindow()).hasValue(64_000);
  }

  @Test
  void aNextMinorIsAnotherModelOfTheFamilyNotAVersion() {
    assertThat(catalog.factsOf("claude-opus-4-9").contextWindow()).hasValue(1);
    assertThat(catalog.factsOf("claude-opus-4-9").limitsInherited()).isTrue();
    assertThat(catalog.knows("anthropic/claude-opus-4-9")).isFalse();
    assertThat(catalog.factsOf("claude-opus-4-20250514").contextWindow()).hasValue(32_000);
  }

  private static ModelFacts facts(long window) {
    return new ModelFacts(
        OptionalLong.of(window),
        OptionalLong.of(window / 2),
        false,
        new ModelTraits(true, false, Sampling.NONE, Thinking.EFFORT, true),
        null,
        Price.perMillion(2, 1, 3, LocalDate.EPOCH));
  }
}
