package com.langdock.reliability.gateway;

import com.langdock.reliability.core.domain.ModelCatalog;
import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.gateway.config.GatewayConfig;
import com.langdock.reliability.gateway.config.ProviderConfig;
import com.langdock.reliability.gateway.engine.Loop;
import com.langdock.reliability.gateway.engine.Provider;
import com.langdock.reliability.gateway.engine.StreamTimes;
import com.langdock.reliability.gateway.exchange.ProviderFormat;
import com.langdock.reliability.gateway.exchange.Signer;
import com.langdock.reliability.gateway.exchange.TargetModel;
import com.langdock.reliability.gateway.loop.BodyWorkers;
import com.langdock.reliability.gateway.loop.EventLoop;
import com.langdock.reliability.gateway.upstream.Connector;
import com.langdock.reliability.gateway.upstream.Upstream;
import com.langdock.reliability.gateway.upstream.UpstreamNetwork;
import com.langdock.reliability.gateway.upstream.UpstreamObserver;
import com.langdock.reliability.gateway.upstream.UpstreamPool;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Makes what each event loop has for itself: its connections to the providers. */
final class LoopParts {
  private final GatewayConfig config;
  private final Ticker ticker;
  private final Map<String, Upstream> upstreams;

  /** Parts of loops whose providers nobody watches. */
  LoopParts(GatewayConfig config, Ticker ticker) {
    this(config, ticker, provider -> UpstreamObserver.NONE);
  }

  /** Parts of loops; {@code watchers} hear what the provider of that name should not do. */
  LoopParts(GatewayConfig config, Ticker ticker, Function<String, UpstreamObserver> watchers) {
    this.config = config;
    this.ticker = ticker;
    this.upstreams = new UpstreamParts(watchers).upstreams(config.providers());
  }

  /** What the event loop has on which {@code vertx} calls; {@code workers} are shared by all. */
  Loop loop(Vertx vertx, BodyWorkers workers) {
    EventLoop events = EventLoop.of(vertx, workers, ticker);
    UpstreamNetwork network = UpstreamNetwork.of(vertx, events);
    return loop(events, provider -> network.connector(upstream(provider)), format -> format);
  }

  /**
   * What {@code events} has.
   *
   * @param connectors make the connections to the providers
   * @param formats what becomes of each format before it is used
   */
  Loop loop(
      EventLoop events,
      Function<ProviderConfig, Connector> connectors,
      UnaryOperator<ProviderFormat> formats) {
    Map<String, Provider> providers = new HashMap<>();
    for (ProviderConfig provider : config.providers()) {
      providers.put(
          provider.name(),
          new Provider(
              formats.apply(ProviderFormats.of(provider)),
              Signer.NONE,
              new UpstreamPool(events, upstream(provider), connectors.apply(provider)),
              config.streaming().validateChunks(),
              UpstreamParts.redactor(provider),
              models(provider, config.catalog())));
    }
    StreamTimes times =
        new StreamTimes(
            config.streaming().keepAlive().toNanos(), config.streaming().earlyHead().toNanos());
    return new Loop(events, providers, times);
  }

  private Upstream upstream(ProviderConfig provider) {
    return Objects.requireNonNull(upstreams.get(provider.name()));
  }

  private static Map<String, TargetModel> models(ProviderConfig provider, ModelCatalog catalog) {
    Map<String, TargetModel> models = new HashMap<>();
    provider
        .models()
        .forEach((name, upstream) ->
            models.put(name, new TargetModel(name, upstream, catalog.factsOf(name, upstream))));
    return models;
  }
}
