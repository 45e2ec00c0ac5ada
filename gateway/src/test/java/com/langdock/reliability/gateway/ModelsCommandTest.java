package com.langdock.reliability.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.gateway.config.ConfigLoader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class ModelsCommandTest {
  private static final String CONFIG =
      """
      models: {gpt-5.4: {context_window: 777777}, mine: {abilities: [images]}}
      providers: [{name: groq, api_key: secret-key, models: [openai/gpt-oss-120b]}]
      """;

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  @TempDir private Path folder;

  private int run(String line) {
    CommandLine command = CommandLine.of(line.split(" "));
    assertThat(command).isInstanceOf(CommandLine.Models.class);
    PrintStream out = new PrintStream(printed, true, UTF_8);
    return new ModelsCommand(new ConfigLoader(Map.of()), out).run((CommandLine.Models) command);
  }

  private String printed() {
    return printed.toString(UTF_8);
  }

  @Test
  void printsEveryModelInColumns() {
    assertThat(run("models")).isZero();

    assertThat(printed().lines())
        .hasSizeGreaterThan(400)
        .anySatisfy(line ->
            assertThat(line.split(" +"))
                .containsExactly(
                    "gpt-5.4",
                    "azure,openai",
                    "1050000",
                    "128000",
                    "tools,images,files",
                    "chat,responses",
                    "reasoning,sampling=none,schema",
                    "2.5/0.25/15",
                    ">272k:x2/x1.5,priority:x2,flex:x0.5,batch:x0.5",
                    "2026-10-16",
                    "openai,litellm"));
  }

  @Test
  void printsEveryTermOfAPrice() {
    run("models --provider openai");
    assertThat(printed()).containsPattern("gpt-4o-audio-preview .* audio:40/80 ");
    run("models --provider anthropic");
    assertThat(printed()).contains("cache-write:x1.25,long-cache-write:x2", "1000-searches:10 ");
  }

  @Test
  void printsTheModelsOfAType() {
    assertThat(run("models --provider groq")).isZero();
    assertThat(printed()).contains("openai/gpt-oss-120b").doesNotContain("claude");
  }

  @Test
  void tellsThatATypeHasNone() {
    assertThat(run("models --provider=nobody")).isEqualTo(1);
    assertThat(printed()).isEqualToNormalizingNewlines("no model is listed of type nobody\n");
  }

  @Test
  void showsTheChangesOfAConfiguration() throws IOException {
    Path file = Files.writeString(folder.resolve("c.yaml"), CONFIG);

    assertThat(run("models --json --config " + file)).isZero();

    JsonNode models = new ObjectMapper().readTree(printed());
    JsonNode changed = named(models, "gpt-5.4");
    assertThat(changed.path("context_window").asLong()).isEqualTo(777_777);
    assertThat(changed.at("/price/long_prompt/above").asLong()).isEqualTo(272_000);
    assertThat(named(models, "claude-opus-5").at("/price/web_search").asDouble()).isEqualTo(10);
    assertThat(named(models, "gpt-audio").at("/price/audio_output").asDouble()).isEqualTo(64);
    assertThat(changed.path("sources").toString()).contains("configuration");
    JsonNode own = named(models, "mine");
    assertThat(own.path("abilities").toString()).isEqualTo("[\"images\"]");
    assertThat(own.has("as_of")).isFalse();
    assertThat(printed()).doesNotContain("secret-key");
  }

  private static JsonNode named(JsonNode models, String name) {
    return models
        .valueStream()
        .filter(model -> model.path("model").asString("").equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void printsTheProblemsOfAConfigurationThatIsWrong() throws IOException {
    Path file = Files.writeString(folder.resolve("c.yaml"), "models: {m: {abilities: [smell]}}");
    assertThat(run("models --config " + file)).isEqualTo(1);
    assertThat(printed()).contains("abilities[0]: must be one of");
  }

  @Test
  void checksTheTable() {
    run("models --check");
    assertThat(printed()).containsPattern("models: \\d+ names, \\d+ problems");
  }
}
