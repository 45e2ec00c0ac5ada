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
import com.langdock.reliability.gateway.upstream.Connector;
import com.langdock.reliability.gateway.upstream.UpstreamPool;
import com.langdock.reliability.gateway.upstream.VertxConnector;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** Makes what each event loop has for itself: its connections to the providers. */
final class LoopParts {
  private final GatewayConfig config;
  private final Ticker ticker;

  LoopParts(GatewayConfig config, Ticker ticker) {
    this.config = config;
    this.ticker = ticker;
  }

  /** What the event loop has on which {@code vertx} calls. */
  Loop loop(Vertx vertx) {
    return loop(
        EventLoop.of(vertx, ticker), provider -> new VertxConnector(vertx, provider.baseUrl()));
  }

  /** What {@code events} has, connected to the providers by {@code connectors}. */
  Loop loop(EventLoop events, Function<ProviderConfig, Connector> connectors) {
    Map<String, Provider> providers = new HashMap<>();
    for (ProviderConfig provider : config.providers()) {
      providers.put(provider.name(), provider(events, provider, connectors.apply(provider)));
    }
    return new Loop(events, providers);
  }

  private Provider provider(EventLoop events, ProviderConfig provider, Connector connector) {
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
        new UpstreamPool(events, provider.baseUrl(), headers, connector),
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
