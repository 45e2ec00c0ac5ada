package com.langdock.reliability.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.gateway.config.Configs;
import com.langdock.reliability.gateway.config.ProviderConfig;
import com.langdock.reliability.gateway.config.Quirk;
import com.langdock.reliability.gateway.provider.Exchanges;
import com.langdock.reliability.gateway.provider.openai.Deviation;
import com.langdock.reliability.gateway.provider.openai.Feature;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProviderFormatsTest {
  @Test
  void everyQuirkIsOneOfTheFormat() {
    assertThat(
            Stream.concat(Stream.of(Feature.values()), Stream.of(Deviation.values()))
                .map(Enum::name)
                .distinct())
        .containsExactlyInAnyOrder(
            Stream.of(Quirk.values()).map(Enum::name).toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource({"'[chat, embeddings]', true", "'[embeddings]', false"})
  void aProviderThatServesNoChatIsNotAskedForAnswers(String formats, boolean isAsked) {
    ProviderConfig provider =
        Configs.loaded("providers: [{name: ollama, models: [m], formats: " + formats + "}]")
            .providers()
            .getFirst();
    assertThat(ProviderFormats.of(provider).supports(Exchanges.request("{}"))).isEqualTo(isAsked);
  }
}
