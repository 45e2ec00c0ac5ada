package com.langdock.reliability.gateway;

import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.core.quota.Quotas;
import com.langdock.reliability.gateway.access.StoredKeys;
import com.langdock.reliability.gateway.config.GatewayConfig;
import com.langdock.reliability.gateway.config.ProviderConfig;
import com.langdock.reliability.gateway.exchange.ProviderFormat;
import com.langdock.reliability.gateway.front.LoopSetup;
import com.langdock.reliability.gateway.front.RequestServices;
import com.langdock.reliability.gateway.limits.LimitListener;
import com.langdock.reliability.gateway.limits.ProcessLimits;
import com.langdock.reliability.gateway.telemetry.RequestWatcher;
import com.langdock.reliability.gateway.upstream.Connector;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Opens the gateway's setups to tests in other packages, on one event loop. */
public final class Assembly {
  private final Setups setups;
  private final LoopParts parts;

  private Assembly(Setups setups, LoopParts parts) {
    this.setups = setups;
    this.parts = parts;
  }

  /**
   * The setups of a gateway that is first configured so.
   *
   * @param connectors make connections to the provider of a name
   * @param formats wraps the format of each provider
   */
  public static Assembly of(
      GatewayConfig config,
      RequestServices services,
      Function<String, Connector> connectors,
      UnaryOperator<ProviderFormat> formats,
      List<RequestWatcher> watchers) {
    Function<ProviderConfig, ProviderFormat> registry =
        provider -> formats.apply(ProviderFormats.of(provider));
    Ticker ticker = services.events().ticker();
    LimitListener limits = services.observability().limits();
    Setups setups =
        new Setups(
            config,
            new Setups.Shared(
                services.observability(),
                new ProcessLimits(ticker, LimitParts.rules(config), false, limits),
                StoredKeys.NONE,
                services.random(),
                ticker),
            registry);
    return new Assembly(
        setups,
        new LoopParts(services, provider -> connectors.apply(provider.name()), setup -> watchers));
  }

  /** What the event loop has of the current configuration. */
  public LoopSetup begin() {
    return parts.use(setups.current());
  }

  /** Replaces the configuration; returns what the event loop has of the next. */
  public LoopSetup use(GatewayConfig next) {
    return parts.use(setups.use(next));
  }

  /** What all requests used, and what those hold that run. */
  public Quotas quotas() {
    return setups.current().quotas().quotas();
  }

  /** Whether any target of the current configuration could be tried at {@code now}. */
  public boolean anyReady(long now) {
    return setups.current().targetStates().anyReady(now);
  }
}
