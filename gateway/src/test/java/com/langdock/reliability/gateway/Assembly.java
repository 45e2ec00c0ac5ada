package com.langdock.reliability.gateway;

import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.core.resilience.BreakerListener;
import com.langdock.reliability.core.resilience.TargetStates;
import com.langdock.reliability.core.routing.Router;
import com.langdock.reliability.core.session.SessionFactory;
import com.langdock.reliability.gateway.config.GatewayConfig;
import com.langdock.reliability.gateway.config.ProviderConfig;
import com.langdock.reliability.gateway.engine.Loop;
import com.langdock.reliability.gateway.exchange.ProviderFormat;
import com.langdock.reliability.gateway.loop.EventLoop;
import com.langdock.reliability.gateway.upstream.Connector;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/** Opens what the gateway is made of to tests in other packages. */
public final class Assembly {
  private final GatewayConfig config;
  private final CoreParts core;

  /** The parts of a gateway that is configured so. */
  public Assembly(GatewayConfig config) {
    this.config = config;
    this.core = new CoreParts(config);
  }

  /** All targets. */
  public List<Target> targets() {
    return core.targets();
  }

  /** The router. */
  public Router router() {
    return core.router();
  }

  /** The breakers and pauses of all targets. */
  public TargetStates targetStates(BreakerListener listener, RandomGenerator random, long now) {
    return core.targetStates(listener, random, now);
  }

  /** What opens sessions. */
  public SessionFactory sessions(TargetStates targetStates, RandomGenerator random) {
    return new SessionFactory(core.rules(), targetStates, random);
  }

  /** The providers on one event loop, connected by {@code connectors}. */
  public Loop loop(
      EventLoop events,
      Ticker ticker,
      Function<ProviderConfig, Connector> connectors,
      UnaryOperator<ProviderFormat> codecs) {
    return new LoopParts(config, ticker).loop(events, connectors, codecs);
  }
}
