package com.langdock.reliability.gateway;

import static java.util.stream.Collectors.toSet;

import com.langdock.reliability.gateway.config.ProviderConfig;
import com.langdock.reliability.gateway.config.Quirk;
import com.langdock.reliability.gateway.config.Quirks;
import com.langdock.reliability.gateway.exchange.ProviderFormat;
import com.langdock.reliability.gateway.provider.anthropic.AnthropicFormat;
import com.langdock.reliability.gateway.provider.gemini.GeminiFormat;
import com.langdock.reliability.gateway.provider.openai.Feature;
import com.langdock.reliability.gateway.provider.openai.OpenAiFormat;
import java.util.Set;

/** The registry of provider formats: one line for each type that a configuration may name. */
final class ProviderFormats {
  private ProviderFormats() {}

  /** The format of {@code provider}. */
  static ProviderFormat of(ProviderConfig provider) {
    return switch (provider.api().speaks()) {
      case OPENAI -> new OpenAiFormat(features(provider.api().quirks()));
      case ANTHROPIC -> new AnthropicFormat();
      case GEMINI -> new GeminiFormat();
    };
  }

  private static Set<Feature> features(Quirks quirks) {
    return quirks.accepted().stream().map(ProviderFormats::feature).collect(toSet());
  }

  private static Feature feature(Quirk quirk) {
    return switch (quirk) {
      case STREAM_OPTIONS -> Feature.STREAM_OPTIONS;
      case REASONING_CONTENT -> Feature.REASONING_CONTENT;
      case TOP_K -> Feature.TOP_K;
      case CACHE_CONTROL -> Feature.CACHE_CONTROL;
      case ALLOWED_TOOLS -> Feature.ALLOWED_TOOLS;
      case JSON_SCHEMA -> Feature.JSON_SCHEMA;
      case USER -> Feature.USER;
      case LONG_CALL_IDS -> Feature.LONG_CALL_IDS;
      case THOUGHT_SIGNATURE -> Feature.THOUGHT_SIGNATURE;
    };
  }
}
