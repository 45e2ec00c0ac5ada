package com.langdock.reliability.gateway.config;

import com.langdock.reliability.gateway.config.ProviderConfig.ProviderType;
import java.util.List;

/**
 * What a provider's type stands for where the configuration says nothing.
 *
 * @param address the base URL; empty where a configuration must have one
 * @param path of a base URL that has none
 * @param keys the environment's variables that may have the key, in this order
 */
record ProviderDefaults(String address, String path, List<String> keys) {
  private static final ProviderDefaults OPENAI = new ProviderDefaults("", "/v1", List.of());
  private static final ProviderDefaults ANTHROPIC = new ProviderDefaults("", "/v1", List.of());
  private static final ProviderDefaults GEMINI =
      new ProviderDefaults(
          "https://generativelanguage.googleapis.com",
          "/v1beta",
          List.of("GEMINI_API_KEY", "GOOGLE_API_KEY"));

  /** The defaults of {@code type}. */
  static ProviderDefaults of(ProviderType type) {
    return switch (type) {
      case OPENAI -> OPENAI;
      case ANTHROPIC -> ANTHROPIC;
      case GEMINI -> GEMINI;
    };
  }
}
