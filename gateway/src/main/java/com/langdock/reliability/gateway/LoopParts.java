package com.langdock.reliability.gateway;

import com.langdock.reliability.core.domain.ModelCatalog;
import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.gateway.config.GatewayConfig;
import com.langdock.reliability.gateway.config.ProviderConfig;
import com.langdock.reliability.gateway.loop.EventLoop;
import com.langdock.reliability.gateway.orchestration.Loop;
import com.langdock.reliability.gateway.orchestration.Provider;
import com.langdock.reliability.gateway.provider.Codec;
import com.langdock.reliability.gateway.provider.TargetModel;
import com.langdock.reliability.gateway.provider.anthropic.AnthropicCodec;
import com.langdock.reliability.gateway.provider.openai.OpenAiCodec;
import com.langdock.reliability.gateway.upstream.UpstreamPool;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/** Makes what each event loop has for itself: its connections to the providers. */
final class LoopParts {
  private final GatewayConfig config;
  private final Ticker ticker;

  LoopParts(GatewayConfig config, Ticker ticker) {
    this.config = config;
    this.ticker = ticker;
  }

  Loop loop(Vertx vertx) {
    Map<String, Provider> providers = new HashMap<>();
    EventLoop events = new EventLoop(vertx, ticker);
    for (ProviderConfig provider : config.providers()) {
      providers.put(provider.name(), provider(vertx, events, provider));
    }
    return new Loop(events, providers);
  }

  private Provider provider(Vertx vertx, EventLoop events, ProviderConfig provider) {
    Codec codec =
        switch (provider.type()) {
          case OPENAI -> new OpenAiCodec(!isMistral(provider.baseUrl()));
          case ANTHROPIC -> new AnthropicCodec();
        };
    String credential = provider.apiKey() == null ? "" : provider.apiKey().reveal();
    Map<String, String> headers = new HashMap<>(codec.headers(credential));
    headers.putAll(provider.headers());
    return new Provider(
        codec,
        new UpstreamPool(vertx, events, provider.baseUrl(), headers),
        config.streaming().validateChunks(),
        models(provider, config.catalog()));
  }

  private static boolean isMistral(URI baseUrl) {
    return baseUrl.getHost().endsWith("mistral.ai");
  }

  private static Map<String, TargetModel> models(ProviderConfig provider, ModelCatalog catalog) {
    Map<String, TargetModel> models = new HashMap<>();
    provider
        .models()
        .forEach((name, upstream) ->
            models.put(name, new TargetModel(name, upstream, catalog.factsOf(name))));
    return models;
  }
}
