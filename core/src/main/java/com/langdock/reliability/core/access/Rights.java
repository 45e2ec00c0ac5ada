package com.langdock.reliability.core.access;

import com.langdock.reliability.core.domain.Target;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a caller may ask for. Rights on models and providers hold for the targets that answer, not
 * only for the model asked for.
 */
public record Rights(NamePatterns models, NamePatterns providers, Set<EndpointName> endpoints) {
  /** Everything. */
  public static final Rights ALL =
      new Rights(NamePatterns.ALL, NamePatterns.ALL, EnumSet.allOf(EndpointName.class));

  /** Keeps an immutable copy. */
  public Rights {
    endpoints =
        endpoints.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(endpoints));
  }

  /** Whether every target may answer. */
  public boolean allowsAllTargets() {
    return models.isAll() && providers.isAll();
  }

  /** Whether {@code model} may be asked for. */
  public boolean allowsModel(String model) {
    return models.contains(model);
  }

  /** Whether {@code target} may answer. */
  public boolean allows(Target target) {
    return models.contains(target.model()) && providers.contains(target.provider());
  }

  /** Whether requests to {@code endpoint} are allowed. */
  public boolean allows(EndpointName endpoint) {
    return endpoints.contains(endpoint);
  }

  /** What both these and {@code other} allow. */
  public Rights and(Rights other) {
    Set<EndpointName> both = EnumSet.noneOf(EndpointName.class);
    endpoints.stream().filter(other.endpoints::contains).forEach(both::add);
    return new Rights(models.and(other.models), providers.and(other.providers), both);
  }
}
