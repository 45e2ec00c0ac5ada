package com.langdock.reliability.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.gateway.config.LoadedConfig.Loaded;
import com.langdock.reliability.gateway.config.LoadedConfig.Rejected;
import com.langdock.reliability.yaml.ConfigProblem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Configurations for tests, and methods to load them. */
public final class Configs {
  static final Map<String, String> ENVIRONMENT =
      Map.of("API_KEY", "sk-from-environment", "PORT", "9999", "EMPTY", "");

  /** A minimal file in one line. */
  public static final String PROVIDERS =
      "providers: [{name: openai, base_url: 'http://localhost:8001', models: [gpt-4, gpt-4o]}]\n";

  private Configs() {}

  static String file(String name) throws IOException {
    try (InputStream in = Configs.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  static LoadedConfig parsed(String yaml, String... settings) {
    return new ConfigLoader(ENVIRONMENT).parse(yaml, List.of(settings));
  }

  /** A configuration without a problem. */
  public static GatewayConfig loaded(String yaml, String... settings) {
    LoadedConfig config = parsed(yaml, settings);
    assertThat(config).isInstanceOf(Loaded.class);
    return ((Loaded) config).config();
  }

  /** The warnings of a file that can be used, as {@code line: path: message}. */
  static List<String> warnings(String yaml) {
    LoadedConfig config = parsed(yaml);
    assertThat(config).isInstanceOf(Loaded.class);
    return ((Loaded) config).warnings().stream().map(Configs::shown).toList();
  }

  /** The problems of a file that cannot be used, as {@code line: path: message}. */
  public static List<String> problems(String yaml, String... settings) {
    LoadedConfig config = parsed(yaml, settings);
    assertThat(config).isInstanceOf(Rejected.class);
    return ((Rejected) config).problems().stream().map(Configs::shown).toList();
  }

  private static String shown(ConfigProblem problem) {
    return problem.line() + ": " + problem.path() + ": " + problem.message();
  }
}
