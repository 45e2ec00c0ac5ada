package com.langdock.reliability.gateway;

import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.domain.Timeouts;
import com.langdock.reliability.core.resilience.Backoff;
import com.langdock.reliability.core.resilience.BreakerRules;
import com.langdock.reliability.core.resilience.BreakerScope;
import com.langdock.reliability.core.resilience.TargetRules;
import com.langdock.reliability.core.routing.ConfiguredTarget;
import com.langdock.reliability.core.routing.Router;
import com.langdock.reliability.core.session.SessionPolicy;
import com.langdock.reliability.gateway.config.BreakerConfig;
import com.langdock.reliability.gateway.config.GatewayConfig;
import com.langdock.reliability.gateway.config.ProviderConfig;
import com.langdock.reliability.gateway.config.RetryConfig;
import com.langdock.reliability.gateway.config.StreamingConfig;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Makes the parts of {@code core} from the configuration. */
final class CoreParts {
  private final GatewayConfig config;

  CoreParts(GatewayConfig config) {
    this.config = config;
  }

  GatewayConfig config() {
    return config;
  }

  List<Target> targets() {
    return config.offers().stream().map(ConfiguredTarget::target).toList();
  }

  /** The targets that answer requests for models. */
  List<Target> modelTargets() {
    return config.modelTargets();
  }

  Router router() {
    return new Router(config.offers(), config.fallbacks(), config.retry().enableFailover());
  }

  TargetRules targetRules() {
    BreakerConfig breaker = config.circuitBreaker();
    BreakerRules rules =
        new BreakerRules(
            breaker.threshold(),
            breaker.failureRate(),
            breaker.window().toNanos(),
            breaker.minimumCalls(),
            breaker.timeout().toNanos(),
            breaker.halfOpenProbes());
    Set<BreakerScope> scopes =
        switch (breaker.scope()) {
          case AUTO -> EnumSet.allOf(BreakerScope.class);
          case PROVIDER -> EnumSet.of(BreakerScope.PROVIDER);
          case TARGET -> EnumSet.of(BreakerScope.TARGET);
        };
    RetryConfig retry = config.retry();
    return new TargetRules(
        provider -> rules,
        scopes,
        retry.budget().ratio(),
        retry.budget().minPerSecond(),
        retry.maxPause().toNanos());
  }

  SessionPolicy sessionPolicy() {
    Map<String, Timeouts> timeouts = new HashMap<>();
    config.providers().forEach(provider -> timeouts.put(provider.name(), timeouts(provider)));
    return new SessionPolicy(
        config.retry().maxAttempts(),
        new Backoff(config.retry().baseBackoff().toNanos(), config.retry().maxBackoff().toNanos()),
        config.retry().maxRetryAfter().toNanos(),
        config.streaming().onBreak() == StreamingConfig.OnBreak.CONTINUE,
        target -> Objects.requireNonNull(timeouts.get(target.provider())),
        config.catalog());
  }

  private Timeouts timeouts(ProviderConfig provider) {
    return new Timeouts(
        provider.timeout().connect().toNanos(),
        provider.timeout().read().toNanos(),
        provider.timeout().answer().toNanos(),
        provider.timeout().firstToken().toNanos(),
        config.streaming().heartbeatTimeout().toNanos(),
        config.streaming().thinkingTimeout().toNanos());
  }
}
