package com.langdock.reliability.gateway.config;

import static com.langdock.reliability.gateway.config.Configs.file;
import static com.langdock.reliability.gateway.config.Configs.loaded;
import static com.langdock.reliability.gateway.config.Configs.problems;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.gateway.config.LoadedConfig.Loaded;
import com.langdock.reliability.gateway.config.LoadedConfig.Rejected;
import com.langdock.reliability.yaml.ConfigProblem;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SecretsTest {
  private static final int ROUNDS = 2000;
  private static final int SEED = 20_261_123;
  private static final String SIGNS = "{}[]:,-#&*!|>'\"%@`\n\t \\$\0é9a.=";

  @Test
  void arePrintedNowhere() throws IOException {
    assertThat(loaded(file("full.yaml")).toString())
        .contains("claude-3-opus")
        .doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "api_key: [sk-secret]",
        "api_key: {sk-key: sk-secret}",
        "api_key: *sk-secret",
        "api_key: !sk-secret",
        "api_key: !sk!secret x",
        "api_key: &sk-secret x y",
        "api_key: 'sk-secret",
        "api_key: \"\\sk-secret\"",
        "api_key: ${sk-secret}",
        "api_key: sk-secret: sk-secret",
        "api_key: [sk-secret}",
        "api_key: |9 sk-secret",
        "{api_key:sk-secret}",
        "api_keys: sk-secret",
        "headers: {X:sk-secret}",
        "{api_key:, sk-secret}",
        "headers: {X:, sk-secret}",
        "models: {a:, sk-secret}",
        "headers: {X: {a: sk-secret}}",
        "headers: {X: 'sk-secret\0'}",
        "headers: {\"X\\r\": sk-secret}",
        "base_url: http://sk-secret@h",
        "base_url: sk-secret://h",
        "base_url: http://h?sk-secret",
        "api_key: a\n  api_key: sk-secret",
        "priority: sk-secret",
        "models: postgresql://u:secret@h/d",
        "timeout: {read: a1-secret-key-of-somebody}",
      })
  void areNotShownByAnyProblem(String provider) {
    assertThat(problems("providers:\n- name: openai\n  " + provider))
        .isNotEmpty()
        .allSatisfy(problem -> assertThat(problem).doesNotContain("secret"));
  }

  @Test
  void areNotShownByAProblemOfAnOverride() {
    assertThat(
            problems(
                Configs.PROVIDERS,
                "sk-secret",
                "providers.none.api_key=sk-secret",
                "providers=[sk-secret}",
                "providers.openai.name.api_key=sk-secret"))
        .hasSize(4)
        .allSatisfy(problem -> assertThat(problem).doesNotContain("secret"));
  }

  @Test
  void ofTheManagementPortArePrintedNowhere() {
    assertThat(
            loaded(Configs.PROVIDERS + "observability: {admin_token: secret-0123456789}")
                .toString())
        .doesNotContain("secret");
  }

  @Test
  void staySecretInDamagedFiles() throws IOException {
    String file = file("full.yaml");
    Random random = new Random(SEED);
    for (int round = 0; round < ROUNDS; round++) {
      String damaged = damaged(file, random);
      for (ConfigProblem problem : outcome(damaged)) {
        assertThat(problem.toString())
            .as("seed %d, round %d:%n%s", SEED, round, damaged)
            .doesNotContain("secret-000")
            .doesNotContain("\n");
      }
    }
  }

  private static List<ConfigProblem> outcome(String yaml) {
    return switch (Configs.parsed(yaml)) {
      case Loaded loaded -> loaded.warnings();
      case Rejected rejected -> {
        assertThat(rejected.problems()).isNotEmpty();
        yield rejected.problems();
      }
    };
  }

  /** The file with one to four places where something was put in, taken out or doubled. */
  private static String damaged(String file, Random random) {
    StringBuilder text = new StringBuilder(file);
    int damages = 1 + random.nextInt(4);
    for (int damage = 0; damage < damages; damage++) {
      int from = random.nextInt(text.length());
      int to = Math.min(text.length(), from + 1 + random.nextInt(3));
      switch (random.nextInt(3)) {
        case 0 -> text.insert(from, SIGNS.charAt(random.nextInt(SIGNS.length())));
        case 1 -> text.delete(from, to);
        default -> text.insert(random.nextInt(text.length()), text.substring(from, to));
      }
    }
    return text.toString();
  }
}
