package com.langdock.reliability.core.routing;

import com.langdock.reliability.core.domain.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes the plan for a model: its own targets by preferred provider, priority and order in the
 * file, then those of each fallback model in turn. All plans are made once, at the start.
 */
public final class Router {
  private static final Plan NOBODY = new Plan(List.of());

  private record Wish(String model, @Nullable String preferredProvider) {}

  private final Map<Wish, Plan> plans = new HashMap<>();

  /**
   * Plans for every offered model.
   *
   * @param offers in the file's order
   * @param fallbacks other models that may answer, by the model asked for
   * @param failover false keeps each plan to the provider of its first target
   */
  public Router(
      List<ConfiguredTarget> offers, Map<String, List<String>> fallbacks, boolean failover) {
    Map<String, List<ConfiguredTarget>> byModel =
        offers.stream().collect(Collectors.groupingBy(offer -> offer.target().model()));
    Set<@Nullable String> preferences = new LinkedHashSet<>();
    preferences.add(null);
    offers.forEach(offer -> preferences.add(offer.target().provider()));
    for (String model : byModel.keySet()) {
      List<String> models = new ArrayList<>(List.of(model));
      models.addAll(fallbacks.getOrDefault(model, List.of()));
      for (String preferred : preferences) {
        List<Target> targets = inOrder(models, byModel, preferred);
        plans.put(
            new Wish(model, preferred), new Plan(failover ? targets : withoutFailover(targets)));
      }
    }
  }

  /**
   * The plan for {@code model}, empty when no provider serves it.
   *
   * @param preferredProvider comes first where it serves the model; null and unknown names are
   *     ignored
   */
  public Plan plan(String model, @Nullable String preferredProvider) {
    Plan preferred = plans.get(new Wish(model, preferredProvider));
    return preferred != null ? preferred : plans.getOrDefault(new Wish(model, null), NOBODY);
  }

  private static List<Target> inOrder(
      List<String> models,
      Map<String, List<ConfiguredTarget>> byModel,
      @Nullable String preferred) {
    Comparator<ConfiguredTarget> preferredFirst =
        Comparator.comparing(
            (ConfiguredTarget offer) -> !offer.target().provider().equals(preferred));
    Comparator<ConfiguredTarget> order =
        preferredFirst.thenComparingInt(ConfiguredTarget::priority);
    return models.stream()
        .distinct()
        .flatMap(model -> byModel.getOrDefault(model, List.of()).stream().sorted(order))
        .map(ConfiguredTarget::target)
        .toList();
  }

  private static List<Target> withoutFailover(List<Target> targets) {
    String provider = targets.getFirst().provider();
    return targets.stream().filter(target -> target.provider().equals(provider)).toList();
  }
}
