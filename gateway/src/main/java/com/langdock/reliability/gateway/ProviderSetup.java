package com.langdock.reliability.gateway;

import com.langdock.reliability.core.domain.ModelCatalog;
import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.gateway.config.ApiFormat;
import com.langdock.reliability.gateway.config.GatewayConfig;
import com.langdock.reliability.gateway.config.ProviderConfig;
import com.langdock.reliability.gateway.config.route.RouteConfig;
import com.langdock.reliability.gateway.engine.Provider;
import com.langdock.reliability.gateway.exchange.ProviderFormat;
import com.langdock.reliability.gateway.exchange.Redactor;
import com.langdock.reliability.gateway.exchange.Signer;
import com.langdock.reliability.gateway.exchange.TargetModel;
import com.langdock.reliability.gateway.provider.forward.PassingFormat;
import com.langdock.reliability.gateway.upstream.Upstream;
import com.langdock.reliability.gateway.upstream.UpstreamPool;
import java.util.HashMap;
import java.util.Map;

/**
 * What all event loops share of one provider.
 *
 * @param upstream the same object in the next setup, where the provider is connected to as before
 * @param validateChunks whether an event that cannot be read breaks a stream, or is skipped
 */
record ProviderSetup(
    String name,
    Upstream upstream,
    ProviderFormat format,
    Signer signer,
    boolean validateChunks,
    Redactor redactor,
    Map<String, TargetModel> models) {
  /** A provider of {@code config} that speaks {@code format}. */
  static ProviderSetup of(
      GatewayConfig config,
      ProviderConfig provider,
      Upstream upstream,
      ProviderFormat format,
      Signer signer) {
    return new ProviderSetup(
        provider.name(),
        upstream,
        isPassedTo(config, provider) ? new PassingFormat(format) : format,
        signer,
        config.streaming().validateChunks(),
        Upstreams.redactor(provider),
        models(config, provider));
  }

  /** The provider as an event loop sees it that has these connections to it. */
  Provider with(UpstreamPool pool) {
    return new Provider(format, signer, pool, validateChunks, redactor, models);
  }

  /** Whether requests are passed on to it: below a route, or about responses that it stores. */
  private static boolean isPassedTo(GatewayConfig config, ProviderConfig provider) {
    return provider.api().formats().contains(ApiFormat.RESPONSES)
        || config.routes().stream().anyMatch(route -> route.provider().equals(provider.name()));
  }

  private static Map<String, TargetModel> models(GatewayConfig config, ProviderConfig provider) {
    ModelCatalog catalog = config.catalog();
    Map<String, TargetModel> models = new HashMap<>();
    config.routes().stream()
        .filter(route -> route.provider().equals(provider.name()))
        .map(RouteConfig::path)
        .forEach(
            path -> models.put(path, new TargetModel(path, path, catalog.factsOf(path, path))));
    provider
        .models()
        .forEach((name, upstream) ->
            models.put(
                name,
                new TargetModel(
                    name, upstream, catalog.factsOf(new Target(provider.name(), name)))));
    return Map.copyOf(models);
  }
}
