package com.langdock.reliability.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.e2e.ForwardTrial.Api;
import com.langdock.reliability.e2e.Trial.Feature;
import com.langdock.reliability.e2e.Trial.Outcome;
import com.langdock.reliability.e2e.Trial.Target;
import com.langdock.reliability.gateway.config.ProviderConfig.ProviderType;
import com.langdock.reliability.mock.MockProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The tables of {@code docs/compatibility.md}: every feature of every client API before every type
 * of provider. Each cell is tried, and must be as the file has it.
 *
 * <p>{@code -Dgolden.write=true} writes what comes out now; read the diff.
 */
@Tag("e2e")
@TestInstance(Lifecycle.PER_CLASS)
class CompatibilityE2eTest {
  private static final Path FILE = Path.of("../docs/compatibility.md");
  private static final String BEGIN = "<!-- written by CompatibilityE2eTest -->\n";
  private static final String END = "<!-- end -->\n";

  /** Azure speaks OpenAI's format, with deployments for names. */
  private static final Target AZURE =
      new Target("azure", "deployed-gpt-5", Format.OPENAI, "openai/gpt-5");

  /** Cohere has a mock of its own, which gives the usual answer. */
  private static final Target COHERE =
      new Target("cohere", "command", Format.OPENAI, "cohere/command-a-03-2025");

  /** Types that serve formats of others under their own addresses. */
  private static final List<Target> FURTHER =
      List.of(
          AZURE,
          COHERE,
          new Target("vertex", "vertex-gemini", Format.GEMINI, "gemini/gemini-3-flash"),
          new Target(
              "vertex-claude",
              "vertex-claude",
              Format.GEMINI,
              "gemini/claude-sonnet-4-5@20250929"));

  /** The model of a provider of OpenAI's format that serves every API. */
  private static final String ALL = "of-all-apis";

  private final List<String> problems = new ArrayList<>();
  private final MockProvider cohere = MockProvider.cohere();
  private GatewayFixture fixture;

  @BeforeAll
  void open() {
    String patient =
        GatewayFixture.with("circuit_breaker: {threshold: 1000, minimum_calls: 1000}")
            .replace("max_retry_after: 3s", "max_retry_after: 10ms");
    fixture = GatewayFixture.of(patient, this::providers);
  }

  @AfterAll
  void close() {
    fixture.close();
    cohere.close();
  }

  private MockProvider mockOf(Target target) {
    return target.equals(COHERE) ? cohere : fixture.provider(target.mock().provider());
  }

  private static List<Target> targets() {
    return Stream.concat(Arrays.stream(Format.values()).map(Target::of), FURTHER.stream()).toList();
  }

  private static Target otherOf(Target target) {
    return targets().stream()
        .filter(other -> other.mock() != target.mock())
        .findFirst()
        .orElseThrow();
  }

  private String providers(GatewayFixture opened) {
    StringBuilder providers =
        new StringBuilder(
            """
            providers:
              - {name: all, type: openai, base_url: '%s', api_key: k, models: [%s],
                 formats: [chat, embeddings, completions, moderations, audio, images, rerank]}
            """
                .formatted(opened.openai.url(), ALL));
    StringBuilder fallbacks = new StringBuilder();
    for (Target target : FURTHER) {
      Target other = otherOf(target);
      providers.append(configured(opened, target, target.modelBefore(other)));
      providers.append(
          "  - {name: before-%s, type: %s, base_url: '%s', api_key: k, models: {%s: %s}}\n"
              .formatted(
                  target.provider(),
                  other.provider(),
                  opened.provider(other.mock().provider()).url(),
                  other.modelBefore(target),
                  other.model()));
      fallbacks.append("  %s: [%s]\n".formatted(target.modelBefore(other), other.model()));
      fallbacks.append("  %s: [%s]\n".formatted(other.modelBefore(target), target.model()));
    }
    return Format.providers(opened).replace("providers:\n", providers) + fallbacks;
  }

  private String configured(GatewayFixture opened, Target target, String modelBefore) {
    String upstream = target.label().replaceFirst(".*/", "");
    return "  - {name: %s, base_url: '%s', api_key: k, models: {%s: %s, %s: %s}, %s}\n"
        .formatted(
            target.provider(),
            target.equals(COHERE) ? cohere.url() : opened.provider(target.mock().provider()).url(),
            target.model(),
            upstream,
            modelBefore,
            upstream,
            switch (target.provider()) {
              case "azure" ->
                  "type: azure, formats: [chat, embeddings, completions, audio, images]";
              case "cohere" -> "type: cohere-v2";
              default -> "type: vertex, project: my-project, location: europe-west1";
            });
  }

  /** A new format has its row when it has a mock in {@link Format}. */
  @ParameterizedTest
  @EnumSource(ProviderType.class)
  void hasARowForEveryFormat(ProviderType type) {
    assertThat(targets())
        .as("add a mock of %s to Format", type)
        .extracting(Target::provider)
        .contains(type.name().toLowerCase(Locale.ROOT));
  }

  @Test
  void isAsTheFileHasIt() throws IOException {
    StringBuilder tables = new StringBuilder();
    for (Client client : Client.all()) {
      tables.append("\n### `").append(client).append("`\n\n").append(table(client));
    }
    tables.append("\n### Forwarded\n\n").append(forwarded());
    assertThat(problems).isEmpty();
    String text = Files.readString(FILE);
    int begin = text.indexOf(BEGIN) + BEGIN.length();
    int end = text.indexOf(END);
    String written = text.substring(0, begin) + tables + "\n" + text.substring(end);
    if (Boolean.getBoolean("golden.write")) {
      Files.writeString(FILE, written);
    }
    assertThat(Files.readString(FILE)).isEqualTo(written);
  }

  private String table(Client client) {
    List<String> heading = new ArrayList<>(List.of("provider"));
    Stream.of(Feature.values()).map(CompatibilityE2eTest::words).forEach(heading::add);
    StringBuilder table = new StringBuilder(row(heading));
    table.append(row(heading.stream().map(cell -> "---").toList()));
    for (Target target : targets()) {
      Trial trial = new Trial(fixture, client, target, this::mockOf);
      List<String> cells = new ArrayList<>(List.of("`" + target.provider() + "`"));
      for (Feature feature : Feature.values()) {
        cells.add(cell(trial, feature));
      }
      table.append(row(cells));
    }
    return table.toString();
  }

  private String cell(Trial trial, Feature feature) {
    String name = trial.client() + " before " + trial.target().provider() + ", " + words(feature);
    return cell(name, () -> trial.of(feature, otherOf(trial.target())));
  }

  private String forwarded() {
    List<String> heading = new ArrayList<>(List.of("provider"));
    Stream.of(Api.values()).map(Api::toString).forEach(heading::add);
    StringBuilder table = new StringBuilder(row(heading));
    table.append(row(heading.stream().map(cell -> "---").toList()));
    for (Target target : targets()) {
      // OpenAI's own host serves all of them, which is not known of another one.
      String model = target.provider().equals("openai") ? ALL : target.model();
      MockProvider mock = mockOf(target);
      ForwardTrial trial = new ForwardTrial(fixture, model, mock);
      List<String> cells = new ArrayList<>(List.of("`" + target.provider() + "`"));
      for (Api api : Api.values()) {
        cells.add(cell(target.provider() + ", " + api, () -> trial.of(api)));
      }
      table.append(row(cells));
    }
    return table.toString();
  }

  private String cell(String name, Supplier<Outcome> trial) {
    try {
      return trial.get().toString();
    } catch (AssertionError wrong) {
      problems.add(name + ": " + wrong.getMessage());
      return "?";
    }
  }

  private static String words(Feature feature) {
    return feature.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String row(List<String> cells) {
    return cells.stream().collect(Collectors.joining(" | ", "| ", " |\n"));
  }
}
