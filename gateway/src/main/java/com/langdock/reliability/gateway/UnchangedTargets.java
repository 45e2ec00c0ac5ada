package com.langdock.reliability.gateway;

import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.resilience.TargetStates;
import com.langdock.reliability.gateway.config.GatewayConfig;
import com.langdock.reliability.gateway.config.ProviderConfig;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What one configuration leaves of another as it was: a provider with its address and its secrets,
 * and of its models those whose names at the provider are the same.
 */
record UnchangedTargets(Map<String, ProviderConfig> before, Map<String, ProviderConfig> now)
    implements TargetStates.Unchanged {
  static UnchangedTargets of(GatewayConfig before, GatewayConfig now) {
    return new UnchangedTargets(byName(before), byName(now));
  }

  private static Map<String, ProviderConfig> byName(GatewayConfig config) {
    return config.providers().stream()
        .collect(Collectors.toMap(ProviderConfig::name, Function.identity()));
  }

  @Override
  public boolean provider(String name) {
    ProviderConfig old = before.get(name);
    ProviderConfig provider = now.get(name);
    return old != null && provider != null && old.isSameAccountAs(provider);
  }

  @Override
  public boolean target(Target target) {
    ProviderConfig old = before.get(target.provider());
    ProviderConfig provider = now.get(target.provider());
    return old != null
        && provider != null
        && Objects.equals(old.models().get(target.model()), provider.models().get(target.model()));
  }
}
