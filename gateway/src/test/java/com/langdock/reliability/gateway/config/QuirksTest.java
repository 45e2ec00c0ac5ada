package com.langdock.reliability.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class QuirksTest {
  @ParameterizedTest
  @CsvSource({
    "https://api.mistral.ai, '', false",
    "https://api.mistral.ai, 'quirks: {stream_options: true},', true",
    "https://api.openai.com, '', true",
    "https://notmistral.ai, '', true",
    "https://api.openai.com, 'quirks: {stream_options: false},', false"
  })
  void aProviderHasThoseOfItsHostUnlessTheFileSaysOtherwise(
      String url, String quirks, boolean streamOptions) {
    GatewayConfig config =
        Configs.loaded(
            "providers: [{name: p, type: openai, base_url: '%s', api_key: k, %s models: [m]}]"
                .formatted(url, quirks));
    assertThat(
            config.providers().getFirst().api().quirks().accepted().contains(Quirk.STREAM_OPTIONS))
        .isEqualTo(streamOptions);
  }

  @Test
  void theShippedTableNamesQuirksAndTheFileOverridesThem() {
    Quirks mistral =
        Configs.loaded(
                "providers: [{name: p, type: openai, base_url: 'https://api.mistral.ai', api_key:"
                    + " k, quirks: {user: true, top_k: true}, models: [m]}]")
            .providers()
            .getFirst()
            .api()
            .quirks();
    assertThat(mistral.accepted())
        .contains(Quirk.JSON_SCHEMA, Quirk.USER, Quirk.TOP_K, Quirk.PREFIX)
        .doesNotContain(Quirk.LONG_CALL_IDS, Quirk.STREAM_OPTIONS);
    assertThat(mistral.isUsual(Quirk.TOP_K)).isFalse();
    assertThat(mistral.isUsual(Quirk.USER)).isTrue();
  }

  @Test
  void anUnknownOneIsRejectedWithTheNearestName() {
    assertThat(Configs.problems("providers: [{name: ollama, models: [m], quirks: {sead: true}}]"))
        .containsExactly("1: providers[0].quirks.sead: is not a known key; did you mean seed?");
  }

  static List<String> lines() {
    return ShippedModels.lines("quirks.txt").toList();
  }

  @ParameterizedTest
  @MethodSource("lines")
  void aLineOfTheTableSaysWhatIsUnusualAndWhereItIsFrom(String line) {
    List<String> cells = List.of(line.split("\\s+", -1));
    assertThat(cells).hasSize(4);
    assertThat(Presets.names()).contains(cells.getFirst());
    Quirk quirk = Quirk.valueOf(cells.get(1).toUpperCase(Locale.ROOT));
    assertThat(cells.get(2)).isEqualTo(String.valueOf(!quirk.isUsual()));
    assertThat(cells.getLast()).startsWith("https://");
  }

  @Test
  void theTableNamesAQuirkOfATypeOnce() {
    assertThat(lines().stream().map(line -> line.replaceAll("(true|false) .*", "")))
        .doesNotHaveDuplicates()
        .hasSizeGreaterThan(60);
  }
}
