package com.langdock.reliability.gateway.config;

import com.langdock.reliability.core.domain.ModelCatalog;
import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.routing.ConfiguredTarget;
import com.langdock.reliability.gateway.config.access.AccessConfig;
import com.langdock.reliability.gateway.config.access.ManagementConfig;
import com.langdock.reliability.gateway.config.route.RouteConfig;
import com.langdock.reliability.yaml.Item;
import com.langdock.reliability.yaml.Section;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The whole configuration.
 *
 * @param providers at least one, in the file's order
 * @param fallbacks other models that may answer, in order, by the model asked for
 * @param routes paths below which requests are passed on as they are
 * @param models the facts of models: the shipped ones, with the file's changes
 * @param shared what several gateways have in common, null for one by itself
 */
public record GatewayConfig(
    ServerConfig server,
    RetryConfig retry,
    TimeoutConfig timeout,
    BreakerConfig circuitBreaker,
    StreamingConfig streaming,
    List<ProviderConfig> providers,
    Map<String, List<String>> fallbacks,
    List<RouteConfig> routes,
    ModelTable models,
    JournalConfig journal,
    ObservabilityConfig observability,
    AccessConfig access,
    ManagementConfig management,
    @Nullable SharedConfig shared) {
  /** Keeps immutable copies. */
  public GatewayConfig {
    providers = List.copyOf(providers);
    routes = List.copyOf(routes);
    fallbacks = Collections.unmodifiableMap(new LinkedHashMap<>(fallbacks));
  }

  /** The targets of all providers in the file's order, then those of the routes. */
  public List<ConfiguredTarget> offers() {
    return Stream.concat(served(), routes.stream().map(GatewayConfig::target)).toList();
  }

  /** The targets that answer requests for models. */
  public List<Target> modelTargets() {
    return served().map(ConfiguredTarget::target).toList();
  }

  /** What is passed on counts for a target of its own, in place of whose model is the path. */
  private static ConfiguredTarget target(RouteConfig route) {
    return new ConfiguredTarget(new Target(route.provider(), route.path()), 1);
  }

  private Stream<ConfiguredTarget> served() {
    return providers.stream()
        .flatMap(provider ->
            provider.models().keySet().stream()
                .map(model -> new Target(provider.name(), model))
                .map(target -> new ConfiguredTarget(target, provider.priority())));
  }

  /**
   * Reads a file's top level: one line for each of its sections.
   *
   * @param now at which certificates must be valid
   */
  static GatewayConfig from(Section file, Instant now) {
    TimeoutConfig timeout =
        file.section("timeout", section -> TimeoutConfig.from(section, TimeoutConfig.DEFAULTS));
    ModelTable models = file.section("models", ModelTable.shipped()::with);
    UpstreamReader upstream = file.section("upstream", UpstreamReader::new);
    List<ProviderConfig> providers = providers(file, new ProviderReader(timeout, models, upstream));
    ServerConfig server = file.section("server", section -> ServerConfig.from(section, now));
    List<RouteConfig> routes =
        file.section("routes", section -> RouteConfig.all(section, names(providers)));
    AccessConfig access = AccessConfig.from(file, modelsByProvider(providers, routes));
    ManagementConfig management =
        file.section("management", section -> ManagementConfig.from(section, access.keys(), now));
    JournalConfig journal = JournalConfig.from(file);
    checkBudgets(file, access, journal);
    return new GatewayConfig(
        server,
        file.section("retry", RetryConfig::from),
        timeout,
        file.section("circuit_breaker", BreakerConfig::from),
        file.section("streaming", StreamingConfig::from),
        providers,
        file.section("fallbacks", section -> fallbacks(section, served(providers))),
        routes,
        models.servedBy(providers.stream().map(GatewayConfig::served).toList()),
        journal,
        file.section(
            "observability",
            section -> ObservabilityConfig.from(section, server, !management.tokens().isEmpty())),
        access,
        management,
        SharedConfig.from(file));
  }

  /** Budgets and quotas are counted in the store; under a budget every model needs a price. */
  private static void checkBudgets(Section file, AccessConfig access, JournalConfig journal) {
    boolean hasNoStore = journal.store() instanceof JournalConfig.Store.None;
    if (hasNoStore && access.needsStore()) {
      file.place("store").reject("budgets and quotas need a store, and store.url is none");
    }
  }

  /** The models that no provider serves at a price, though somebody has a budget. */
  List<String> unpricedUnderBudget() {
    if (!access.hasBudget()) {
      return List.of();
    }
    ModelCatalog catalog = catalog();
    return offers().stream()
        .map(ConfiguredTarget::target)
        .filter(target -> catalog.factsOf(target).price() == null)
        .map(Target::toString)
        .distinct()
        .toList();
  }

  /** The facts of the models that providers serve. */
  public ModelCatalog catalog() {
    return models.catalog();
  }

  private static ModelTable.Served served(ProviderConfig provider) {
    return new ModelTable.Served(provider.name(), provider.servesAs(), provider.models());
  }

  private static List<ProviderConfig> providers(Section file, ProviderReader reader) {
    List<ProviderConfig> providers = file.sections("providers", reader::read);
    if (providers.isEmpty()) {
      file.place("providers").reject("needs at least one provider");
    }
    return providers;
  }

  private static Set<String> names(List<ProviderConfig> providers) {
    return providers.stream()
        .map(ProviderConfig::name)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** The models, and the paths of routes, which keys may use like models. */
  private static Map<String, Set<String>> modelsByProvider(
      List<ProviderConfig> providers, List<RouteConfig> routes) {
    Map<String, Set<String>> models = new LinkedHashMap<>();
    for (ProviderConfig provider : providers) {
      Set<String> names = new LinkedHashSet<>(provider.models().keySet());
      routes.stream()
          .filter(route -> route.provider().equals(provider.name()))
          .forEach(route -> names.add(route.path()));
      models.put(provider.name(), names);
    }
    return models;
  }

  private static Set<String> served(List<ProviderConfig> providers) {
    Set<String> served = new LinkedHashSet<>();
    providers.forEach(provider -> served.addAll(provider.models().keySet()));
    return served;
  }

  private static Map<String, List<String>> fallbacks(Section section, Set<String> served) {
    Map<String, List<String>> fallbacks = new LinkedHashMap<>();
    for (String asked : section.keys()) {
      if (!served.contains(asked)) {
        section.place(asked).reject("is a model that no provider serves");
      }
      List<String> others = new ArrayList<>();
      for (Item other : section.texts(asked)) {
        String fault = faultOf(other.value(), asked, served, others);
        if (fault.isEmpty()) {
          others.add(other.value());
        } else {
          other.place().reject(fault);
        }
      }
      fallbacks.put(asked, List.copyOf(others));
    }
    return fallbacks;
  }

  /** The problem of a fallback, empty if there is none. */
  private static String faultOf(
      String other, String asked, Set<String> served, List<String> before) {
    if (other.equals(asked)) {
      return "is the model itself";
    }
    if (before.contains(other)) {
      return "is in this list already";
    }
    return served.contains(other) ? "" : "is a model that no provider serves";
  }
}
