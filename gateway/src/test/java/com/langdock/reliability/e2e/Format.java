package com.langdock.reliability.e2e;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The wire formats, each with a provider that speaks it and a model of that provider. */
public enum Format {
  OPENAI("gpt-5"),
  ANTHROPIC("claude-sonnet-4-5"),
  GEMINI("gemini-3-flash"),
  BEDROCK("eu.anthropic.claude-sonnet-4-5-20250929-v1:0"),
  RESPONSES("gpt-5.2");

  private final String model;

  Format(String model) {
    this.model = model;
  }

  /** The provider's name. */
  public String provider() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The model that only this provider serves. */
  public String model() {
    return model;
  }

  /** Whether the model is Anthropic's. */
  boolean isClaude() {
    return model.contains("claude");
  }

  /** A name of {@link #model} whose fallback is the model of {@code other}. */
  public String modelBefore(Format other) {
    return provider() + "-before-" + other.provider();
  }

  /** The formats of the other providers. */
  public List<Format> others() {
    return Arrays.stream(values()).filter(format -> format != this).toList();
  }

  /** The mock's usual answer to a text. */
  public String answer(String text) {
    return "This is a mock answer to “"
        + text
        + "”. Each word of it is a chunk of its own, so a lost or doubled word shows. Finished by "
        + this
        + ".";
  }

  /** The provider and its model, as in a target's name. */
  @Override
  public String toString() {
    return provider() + "/" + model;
  }

  /** The configuration of all providers at these addresses. */
  static String providers(GatewayFixture fixture) {
    return Arrays.stream(values())
            .map(format -> format.configured(fixture))
            .collect(Collectors.joining("\n", "providers:\n", "\n"))
        + Arrays.stream(values())
            .flatMap(format ->
                format.others().stream()
                    .map(other -> "  " + format.modelBefore(other) + ": [" + other.model + "]"))
            .collect(Collectors.joining("\n", "fallbacks:\n", "\n"));
  }

  private String configured(GatewayFixture fixture) {
    String names =
        others().stream()
            .map(other -> ", " + modelBefore(other) + ": " + model)
            .collect(Collectors.joining("", model + ": " + model, ""));
    String settings =
        switch (this) {
          case BEDROCK -> ", region: eu-west-1, formats: [converse]";
          case RESPONSES -> ", type: openai, formats: [responses]";
          case OPENAI, ANTHROPIC, GEMINI -> "";
        };
    return "  - {name: %s, base_url: '%s', api_key: '%s', models: {%s}%s}"
        .formatted(
            provider(), fixture.provider(provider()).url(), GatewayFixture.SECRET, names, settings);
  }
}
