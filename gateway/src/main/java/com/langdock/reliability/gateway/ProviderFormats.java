package com.langdock.reliability.gateway;

import com.langdock.reliability.gateway.config.ProviderConfig;
import com.langdock.reliability.gateway.exchange.ProviderFormat;
import com.langdock.reliability.gateway.provider.anthropic.AnthropicFormat;
import com.langdock.reliability.gateway.provider.openai.OpenAiFormat;

/** The registry of provider formats: one line for each type that a configuration may name. */
final class ProviderFormats {
  private ProviderFormats() {}

  /** The format of {@code provider}. */
  static ProviderFormat of(ProviderConfig provider) {
    return switch (provider.type()) {
      case OPENAI -> new OpenAiFormat(provider.quirks().streamOptions());
      case ANTHROPIC -> new AnthropicFormat();
    };
  }
}
