package com.langdock.reliability.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelCheckTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 12, 1);
  private static final String GOOD = "m 1000 100 tools chat - - - - - - 2 1 3 2026-11-01 page";

  private static ShippedModels table(String... lines) {
    return ShippedModels.read(Stream.of(lines), ShippedTerms.read());
  }

  private static List<String> problems(String... lines) {
    return new ModelCheck(table(lines), Set.of("maker"), Map.of("page", 60), TODAY)
        .problems().stream()
            .filter(problem -> !problem.endsWith("has terms of prices, but is no model"))
            .toList();
  }

  @Test
  void findsTheShippedTableGood() {
    assertThat(ModelCheck.ofShipped(TODAY)).isEmpty();
  }

  @Test
  void findsThatTheShippedTableGrowsOld() {
    assertThat(ModelCheck.ofShipped(TODAY.plusYears(1))).hasSizeGreaterThan(300);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "m 100 1000 - - - - - - - - - - - 2026-11-01 page | m: answers longer than its window",
        "m - - - - - - - - - - 1 2 3 2026-11-01 page | m: costs more from a cache than without one",
        "m 0 - - - - - - - - - - - - 2026-11-01 page | m: has a number below what is possible",
        "m - - - - - - - - - - 1 - -3 2026-11-01 page | m: has a number below what is possible",
        "m - - - - - - - - - - - - - 2026-12-24 page | m: was compared on a day to come",
        "m - - - - - - - - - - - - - 2026-11-01 page,gossip | m: names the source gossip, which is"
            + " not listed",
        "m - - - - - - - - - - - - - 2026-09-01 page | m: was compared with its sources on"
            + " 2026-09-01, more than 60 days ago"
      })
  void tellsAContradiction(String line, String problem) {
    assertThat(problems("[maker]", line)).containsExactly(problem);
  }

  @Test
  void tellsAPriceOfLongPromptsThatNoPromptReaches() {
    assertThat(problems("[maker]", "gpt-5.4 9000 - - - - - - - - - 1 - 2 2026-11-01 page"))
        .containsExactly("gpt-5.4: has a price for prompts longer than its window");
  }

  @Test
  void tellsTypesWithoutModelsAndModelsWithoutTypes() {
    assertThat(problems("[nobody]", GOOD))
        .containsExactly(
            "m: is of nobody, which is no type", "maker: is a type of which no model is listed");
    assertThat(problems("[others maker nobody]", "[maker]", GOOD))
        .containsExactly("nobody: is no type");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "m 1000 100 smell chat - - - - - - 2 1 3 2026-11-01 page",
        "m 1000 100 tools letters - - - - - - 2 1 3 2026-11-01 page",
        "m 1000 100 tools chat maybe - - - - - 2 1 3 2026-11-01 page",
        "m 1000 100 tools chat - - some - - - 2 1 3 2026-11-01 page",
        "m 1000 100 tools chat - - - deep - - 2 1 3 2026-11-01 page",
        "m many 100 tools chat - - - - - - 2 1 3 2026-11-01 page",
        "m 1000 100 tools chat - - - - - - 2 1 3 lately page",
        "m 1000 100 tools chat - - - - - - 2 1 3 2026-11-01 page more",
        "m 1000 100 tools chat - - - - - - 2 1 3 2026-11-01",
        "m = n"
      })
  void doesNotReadALineThatIsWrong(String line) {
    assertThatThrownBy(() -> table("[maker]", line))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("models.txt is wrong: " + line);
  }

  @Test
  void readsANameOncePerScope() {
    assertThatThrownBy(() -> table("[maker]", GOOD, GOOD)).hasMessageEndingWith(GOOD);
    assertThatThrownBy(() -> table("[maker]", GOOD, "n = m", "n = m"))
        .hasMessageEndingWith("n = m");
    assertThat(table("[maker]", GOOD, "[only other]", GOOD).entries()).hasSize(2);
  }
}
