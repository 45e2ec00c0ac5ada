package com.langdock.reliability.gateway.config;

import static com.langdock.reliability.gateway.config.Configs.PROVIDERS;
import static com.langdock.reliability.gateway.config.Configs.loaded;
import static com.langdock.reliability.gateway.config.Configs.problems;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.gateway.config.cloud.Credential;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OverridesTest {
  @Nested
  final class ASetting {
    @Test
    void overridesTheFile() {
      GatewayConfig config =
          loaded("server: {port: 1}\n" + PROVIDERS, "server.port=0", "retry.max_attempts=5");
      assertThat(config.server().port()).isZero();
      assertThat(config.retry().maxAttempts()).isEqualTo(5);
    }

    @Test
    void findsAProviderByNameOrIndex() {
      for (String openai : List.of("providers.openai", "providers.0", "providers[0]")) {
        assertThat(loaded(PROVIDERS, openai + ".base_url=http://h/b=c/").providers().getFirst())
            .extracting(ProviderConfig::baseUrl)
            .hasToString("http://h/b=c");
      }
    }

    @Test
    void setsListsSectionsAndNamesWithDots() {
      GatewayConfig config =
          loaded(
              PROVIDERS,
              "providers.openai.models=[gpt-4, gpt-3.5-turbo]",
              "fallbacks={gpt-4: [gpt-3.5-turbo]}",
              "models[gpt-3.5-turbo].context_window=17000");
      assertThat(config.fallbacks()).containsEntry("gpt-4", List.of("gpt-3.5-turbo"));
      assertThat(config.catalog().factsOf("gpt-3.5-turbo").contextWindow())
          .isEqualTo(OptionalLong.of(17_000));
    }

    @Test
    void acceptsNamesWithDotsWithoutBrackets() {
      GatewayConfig config =
          loaded(
              "models: {gpt-4.1: {context_window: 5}}\n" + PROVIDERS,
              "providers.openai.models=[gpt-4.1, gpt-3.5-turbo]",
              "fallbacks.gpt-4.1=[gpt-3.5-turbo]",
              "models.gpt-4.1.max_output_tokens=4",
              "models.gpt-3.5-turbo.context_window=17000");
      assertThat(config.fallbacks()).containsEntry("gpt-4.1", List.of("gpt-3.5-turbo"));
      assertThat(config.catalog().factsOf("gpt-3.5-turbo").contextWindow())
          .isEqualTo(OptionalLong.of(17_000));
      assertThat(config.catalog().factsOf("gpt-4.1").contextWindow()).isEqualTo(OptionalLong.of(5));
    }

    @Test
    void readsAValueFromAFile(@TempDir Path folder) throws IOException {
      Path file = Files.writeString(folder.resolve("key"), "sk-from-a-file\n");
      assertThat(loaded(PROVIDERS, "providers.openai.api_key=@" + file).providers().getFirst())
          .extracting(ProviderConfig::apiKey)
          .isEqualTo(new Credential("sk-from-a-file"));
      assertThat(problems(PROVIDERS, "providers.openai.api_key=@" + folder.resolve("none")))
          .containsExactly("0: --set: providers.openai.api_key: the file does not exist");
      assertThat(loaded(PROVIDERS, "providers.openai.api_key=@@a").providers().getFirst())
          .extracting(ProviderConfig::apiKey)
          .isEqualTo(new Credential("@a"));
    }

    @Test
    void addsMissingSettings() {
      assertThat(loaded("server:\n" + PROVIDERS, "server.host=::1").server().host())
          .isEqualTo("::1");
      assertThat(
              loaded("", "providers=[{name: openai, base_url: 'http://h', models: [a]}]")
                  .providers())
          .hasSize(1);
    }
  }

  @Nested
  final class AProblem {
    @Test
    void ofTheSettingItselfStandsAtSet() {
      assertThat(problems(PROVIDERS, "port", "a..b=1", "=1", "providers.none.priority=1"))
          .containsExactly(
              "0: --set: must be key.path=value, such as server.port=8081",
              "0: --set: providers.none.priority names nothing that is in the list");
      assertThat(problems("server: 1\n" + PROVIDERS, "server.port=1"))
          .contains("0: --set: server.port has a single value on its way");
      assertThat(problems(PROVIDERS, "providers=["))
          .hasSize(1)
          .first()
          .asString()
          .contains("--set");
    }

    @Test
    void ofTheValueStandsAtTheKey() {
      assertThat(problems(PROVIDERS, "server.prt=1", "server.port=x"))
          .containsExactly(
              "0: server.port: must be a whole number, not \"x\"",
              "0: server.prt: is not a known key; did you mean port?");
    }
  }
}
