package com.langdock.reliability.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    assertThat(config.providers().getFirst().api().quirks().streamOptions())
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
        .containsExactlyInAnyOrder(Quirk.JSON_SCHEMA, Quirk.USER, Quirk.TOP_K);
  }
}
