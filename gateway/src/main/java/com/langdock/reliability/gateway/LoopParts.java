package com.langdock.reliability.gateway;

import com.langdock.reliability.gateway.access.Access;
import com.langdock.reliability.gateway.access.AnonymousAccess;
import com.langdock.reliability.gateway.access.HostNames;
import com.langdock.reliability.gateway.access.KeyAccess;
import com.langdock.reliability.gateway.access.LocalAccess;
import com.langdock.reliability.gateway.engine.Loop;
import com.langdock.reliability.gateway.engine.Provider;
import com.langdock.reliability.gateway.front.LoopSetup;
import com.langdock.reliability.gateway.front.RequestServices;
import com.langdock.reliability.gateway.limits.Accounting;
import com.langdock.reliability.gateway.limits.LimitRules;
import com.langdock.reliability.gateway.limits.RequestLimiter;
import com.langdock.reliability.gateway.telemetry.RequestWatcher;
import com.langdock.reliability.gateway.upstream.Connector;
import com.langdock.reliability.gateway.upstream.Upstream;
import com.langdock.reliability.gateway.upstream.UpstreamPool;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes what one event loop has of each setup, and keeps its connections to the providers from one
 * setup to the next. Lives on that event loop.
 */
final class LoopParts {
  private final RequestServices services;
  private final Function<ProviderSetup, Connector> connectors;
  private final Function<Setup, List<RequestWatcher>> watchers;
  private final Set<String> hostNames = HostNames.own();
  private Map<Upstream, UpstreamPool> pools = Map.of();

  /**
   * Parts of the event loop of {@code services}.
   *
   * @param connectors make the connections to the providers
   * @param watchers watch the requests of a setup, beside its meters and the log
   */
  LoopParts(
      RequestServices services,
      Function<ProviderSetup, Connector> connectors,
      Function<Setup, List<RequestWatcher>> watchers) {
    this.services = services;
    this.connectors = connectors;
    this.watchers = watchers;
  }

  /**
   * What the event loop has of {@code setup}, which is the setup in use from now on: a pool whose
   * upstream it does not have keeps no connections any more.
   */
  LoopSetup use(Setup setup) {
    return new LoopSetup(
        services,
        new Loop(services.events(), providers(setup), setup.streamTimes()),
        setup.sessions(),
        services.observability().requests(watchers(setup)),
        access(setup),
        setup.fronts(),
        setup.limits(),
        new Accounting(setup.config().catalog(), limiter(setup)));
  }

  private Map<String, Provider> providers(Setup setup) {
    Map<Upstream, UpstreamPool> next = new HashMap<>();
    Map<String, Provider> providers = new HashMap<>();
    for (ProviderSetup provider : setup.providers()) {
      UpstreamPool pool = pools.get(provider.upstream());
      pool = pool == null ? pool(provider) : pool;
      next.put(provider.upstream(), pool);
      providers.put(provider.name(), provider.with(pool));
    }
    pools.forEach((upstream, pool) -> {
      if (!next.containsKey(upstream)) {
        pool.close();
      }
    });
    pools = next;
    return providers;
  }

  private UpstreamPool pool(ProviderSetup provider) {
    return new UpstreamPool(services.events(), provider.upstream(), connectors.apply(provider));
  }

  private List<RequestWatcher> watchers(Setup setup) {
    return Stream.concat(Stream.of(setup.meters()), watchers.apply(setup).stream()).toList();
  }

  private @Nullable RequestLimiter limiter(Setup setup) {
    LimitRules rules = setup.limitRules();
    return rules == null
        ? null
        : new RequestLimiter(setup.quotas(), rules, services.events().ticker());
  }

  private Access access(Setup setup) {
    boolean anonymous = setup.config().server().allowAnonymous();
    if (setup.keys() != null) {
      return new KeyAccess(setup.keys(), anonymous, services.events().ticker());
    }
    return anonymous ? new AnonymousAccess() : new LocalAccess(hostNames);
  }
}
