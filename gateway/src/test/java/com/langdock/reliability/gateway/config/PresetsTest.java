package com.langdock.reliability.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.gateway.config.cloud.AzureConfig;
import com.langdock.reliability.gateway.config.cloud.Credential;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PresetsTest {
  private static final Set<String> OF_ONES_OWN =
      Set.of("llamacpp", "lmstudio", "ollama", "sglang", "vllm");

  private static ProviderConfig provider(String yaml, Map<String, String> environment) {
    LoadedConfig config =
        new ConfigLoader(environment).parse("providers: [{" + yaml + "}]", List.of());
    assertThat(config).as(yaml).isInstanceOf(LoadedConfig.Loaded.class);
    return ((LoadedConfig.Loaded) config).config().providers().getFirst();
  }

  @Nested
  final class TheTable {
    @Test
    void hasCompleteLines() {
      List<String> lines = ShippedModels.lines("presets.txt").toList();
      assertThat(lines).hasSameSizeAs(Presets.names()).hasSizeGreaterThan(20);
      assertThat(lines)
          .allSatisfy(line ->
              assertThat(List.of(line.split("\\s+", -1)))
                  .hasSize(7)
                  .last()
                  .asString()
                  .startsWith("https://"));
    }

    @Test
    void isInTheReference() throws IOException {
      String reference = Files.readString(Path.of("../docs/configuration.md"));
      Map<String, List<String>> lines =
          ShippedModels.lines("presets.txt")
              .map(line -> List.of(line.split("\\s+", -1)))
              .collect(Collectors.toMap(List::getFirst, cells -> cells));
      for (String name : Presets.names()) {
        Preset preset = Presets.named(name);
        String keys = String.join("` or `", preset.keys());
        assertThat(reference)
            .contains(
                "| %s | `%s` | %s | %s | %s |\n"
                    .formatted(
                        name,
                        preset.address(),
                        keys.isEmpty() ? "none" : "`" + keys + "`",
                        Objects.requireNonNull(lines.get(name)).get(5).replace(",", ", "),
                        quirks(name)));
      }
    }

    /** What a type takes that others do not, and the other way round, as the reference has it. */
    private static String quirks(String type) {
      String quirks =
          Stream.of("true", "false")
              .map(value ->
                  ShippedModels.lines("quirks.txt")
                      .map(line -> List.of(line.split("\\s+", -1)))
                      .filter(cells -> cells.getFirst().equals(type) && cells.get(2).equals(value))
                      .map(cells -> "`" + cells.get(1) + "`")
                      .collect(
                          Collectors.joining(", ", value.equals("true") ? "takes " : "not ", "")))
              .filter(list -> list.contains("`"))
              .collect(Collectors.joining("; "));
      return quirks.isEmpty() ? "none" : quirks;
    }

    static Set<String> names() {
      return Presets.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void hasAFormatForEachTypeAndAKeyForEachHost(String name) {
      Preset preset = Presets.named(name);
      assertThat(preset.formats()).isNotEmpty();
      assertThat(preset.keys().isEmpty())
          .isEqualTo(OF_ONES_OWN.contains(name) || name.equals("vertex"));
      assertThat(preset.keys()).allMatch(key -> key.matches("[A-Z][A-Z0-9_]+"));
      assertThat(preset.hosts()).allMatch(host -> host.matches("[a-z0-9.-]+"));
    }

    @ParameterizedTest
    @MethodSource("names")
    void needsNoMoreThanANameAndModelsWhereTheEnvironmentHasTheKey(String name) {
      Preset preset = Presets.named(name);
      Map<String, String> environment =
          preset.keys().isEmpty()
              ? Map.of("GOOGLE_CLOUD_PROJECT", "my-project")
              : Map.of(preset.keys().getLast(), "the-key", "AWS_REGION", "us-east-1");
      String own = preset.hasAddress() ? "" : "https://a.services.ai.azure.com";
      String url = own.isEmpty() ? "" : ", base_url: '" + own + "'";
      ProviderConfig provider = provider("name: " + name + url + ", models: [gpt-4]", environment);
      if (!name.equals("vertex")) { // whose address has the project
        assertThat(provider.baseUrl()).hasToString(own + preset.address());
      }
      assertThat(provider.apiKey())
          .isEqualTo(preset.keys().isEmpty() ? null : new Credential("the-key"));
      assertThat(provider.api().type()).isEqualTo(name);
      assertThat(provider.api().formats()).isEqualTo(preset.formats());
    }
  }

  @Nested
  final class AProvider {
    @Test
    void isOfTheTypeThatItsNameIsUnlessTheFileNamesOne() {
      String url = ", base_url: 'http://localhost:1', models: [gpt-4]";
      assertThat(provider("name: groq" + url, Map.of()).api().type()).isEqualTo("groq");
      assertThat(provider("name: fast, type: groq" + url, Map.of()).api().type()).isEqualTo("groq");
      assertThat(provider("name: groq, type: openai" + url, Map.of()).api().type())
          .isEqualTo("openai");
    }

    @ParameterizedTest
    @CsvSource({
      "groq, http://relay:81, http://relay:81/openai/v1",
      "groq, http://relay:81/v1, http://relay:81/v1",
      "perplexity, http://relay:81/, http://relay:81",
      "azure, https://a.services.ai.azure.com, https://a.services.ai.azure.com/openai/v1",
      "xai, https://us.api.x.ai, https://us.api.x.ai/v1",
      "ollama, http://gpu:11434, http://gpu:11434/v1"
    })
    void mayHaveAnotherAddress(String type, String url, String used) {
      ProviderConfig provider =
          provider(
              "name: p, type: %s, base_url: '%s', api_key: k, models: [m]".formatted(type, url),
              Map.of());
      assertThat(provider.baseUrl()).hasToString(used);
    }

    @ParameterizedTest
    @CsvSource(
        nullValues = "none",
        value = {
          "https://us.api.x.ai, of-environment",
          "https://relay.example, none",
          "https://notx.ai, none",
          "http://localhost:8001, none"
        })
    void getsTheKeyOfTheEnvironmentAtItsOwnHostsOnly(String url, String key) {
      ProviderConfig provider =
          provider(
              "name: xai, base_url: '" + url + "', models: [m]",
              Map.of("XAI_API_KEY", "of-environment"));
      assertThat(provider.apiKey()).isEqualTo(key == null ? null : new Credential(key));
    }

    @ParameterizedTest
    @CsvSource({
      "https://api.openai.com, 'CHAT RESPONSES EMBEDDINGS COMPLETIONS MODERATIONS AUDIO IMAGES'",
      "https://api.groq.com/openai/v1, 'CHAT RESPONSES AUDIO'",
      "https://elsewhere.example, 'CHAT EMBEDDINGS'",
      "http://localhost:11434/v1, 'CHAT EMBEDDINGS'"
    })
    void ofTypeOpenaiSpeaksWhatIsKnownOfItsHost(String url, String formats) {
      ProviderConfig provider =
          provider(
              "name: p, type: openai, base_url: '" + url + "', api_key: k, models: [m]", Map.of());
      assertThat(provider.api().formats())
          .extracting(ApiFormat::name)
          .containsExactlyInAnyOrder(formats.split(" "));
    }

    @Test
    void speaksTheFormatsThatTheFileNames() {
      ProviderConfig provider =
          provider("name: ollama, formats: [chat, rerank], models: [m]", Map.of());
      assertThat(provider.api().formats())
          .containsExactlyInAnyOrder(ApiFormat.CHAT, ApiFormat.RERANK);
    }

    @Test
    void atAzureHasDeploymentsInThePathsOfTheClassicApi() {
      ProviderConfig provider =
          provider(
              "name: azure, base_url: 'https://a.openai.azure.com', api_version: 2024-10-21,"
                  + " api_key: k, models: {gpt-4: mine}",
              Map.of());
      assertThat(provider.baseUrl()).hasToString("https://a.openai.azure.com/openai");
      assertThat(provider.azure()).isEqualTo(new AzureConfig("2024-10-21", null));
    }

    @Test
    void mayHaveItsKeyInAHeader() {
      ProviderConfig provider =
          provider("name: groq, headers: {Authorization: Bearer k}, models: [m]", Map.of());
      assertThat(provider.apiKey()).isNull();
    }
  }
}
