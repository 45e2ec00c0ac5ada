package com.langdock.reliability.gateway.config;

import com.langdock.reliability.core.domain.ModelCatalog;
import com.langdock.reliability.core.domain.ModelFacts;
import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.gateway.config.ModelEntry.Offer;
import com.langdock.reliability.gateway.config.ModelEntry.Origin;
import com.langdock.reliability.yaml.Section;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The facts of models by name: those that ship with the gateway, with the changes of a
 * configuration.
 */
public final class ModelTable {
  private static final ModelTable SHIPPED =
      new ModelTable(ShippedModels.read().entries(), Map.of(), List.of());

  private final List<ModelEntry> entries;
  private final Map<String, ModelChanges> changes;
  private final Map<String, ModelFacts> facts;

  /** What only one type of provider serves so, by the type and its name for the model. */
  private final Map<String, Map<String, ModelFacts>> ofTypes = new HashMap<>();

  private final ModelCatalog catalog;

  /**
   * The models of one provider.
   *
   * @param type the type whose names and prices it has
   * @param models its own names of models by those that clients use
   */
  record Served(String provider, String type, Map<String, String> models) {}

  private ModelTable(
      List<ModelEntry> entries, Map<String, ModelChanges> changes, List<Served> served) {
    this.entries = List.copyOf(entries);
    this.changes = Map.copyOf(changes);
    Map<String, ModelFacts> shared = new HashMap<>();
    for (ModelEntry entry : entries) {
      Origin origin = entry.origin();
      Map<String, ModelFacts> scope =
          origin.isOwnName()
              ? ofTypes.computeIfAbsent(origin.types().iterator().next(), _ -> new HashMap<>())
              : shared;
      scope.put(entry.name(), entry.facts());
    }
    this.facts = Map.copyOf(shared);
    this.catalog = catalog(served);
  }

  /** The table that ships with the gateway. */
  public static ModelTable shipped() {
    return SHIPPED;
  }

  /** This table with the changes of a configuration's {@code models} section. */
  ModelTable with(Section models) {
    Map<String, ModelChanges> said = new LinkedHashMap<>();
    List<ModelEntry> changed = new ArrayList<>(entries);
    for (String name : models.keys()) {
      ModelEntry unlisted =
          new ModelEntry(name, catalog.factsOf(name), Offer.UNKNOWN, Origin.OF_CONFIGURATION, 0);
      ModelEntry own =
          models.section(
              name,
              section -> {
                ModelChanges change = new ModelChanges(section);
                said.put(name, change);
                return change.applyTo(unlisted);
              });
      if (!facts.containsKey(name)) {
        changed.add(own);
      }
    }
    changed.replaceAll(entry -> {
      ModelChanges change = said.get(entry.name());
      return change == null ? entry : change.applyTo(entry);
    });
    return new ModelTable(changed, said, List.of());
  }

  /** This table with the facts of the models that these providers serve. */
  ModelTable servedBy(List<Served> providers) {
    return new ModelTable(entries, changes, providers);
  }

  /** All models, those that ship in the order of their table. */
  public List<ModelEntry> entries() {
    return entries;
  }

  /** The names that have facts, whoever serves them. */
  public Set<String> names() {
    return facts.keySet();
  }

  /** Whether the table has facts about a model. */
  public boolean knows(String model) {
    return catalog.knows(model);
  }

  /** Whether the table has facts about a model that providers of {@code type} serve. */
  boolean knows(String type, String model) {
    return ofType(type, model) != null || knows(model);
  }

  /**
   * The facts by the names that clients use, and by target. Where only a provider's own name for a
   * model is known, the name that clients use has its facts; with several providers, those of the
   * first with the widest limits of all, since one target that can answer is enough.
   */
  public ModelCatalog catalog() {
    return catalog;
  }

  private @Nullable ModelFacts ofType(String type, String model) {
    return ofTypes.getOrDefault(type, Map.of()).get(model);
  }

  private ModelCatalog catalog(List<Served> served) {
    ModelCatalog listed = new ModelCatalog(facts);
    Map<String, ModelFacts> aliases = new HashMap<>();
    for (Served provider : served) {
      provider
          .models()
          .forEach((name, upstream) -> {
            if (!listed.knows(name)) {
              aliases.merge(
                  name, facts(provider.type(), upstream, listed), ModelTable::withWidestLimits);
            }
          });
    }
    aliases.values().removeIf(ModelFacts.UNKNOWN::equals);
    ModelCatalog named = new ModelCatalog(facts, aliases, Map.of());
    Map<Target, ModelFacts> targets = new HashMap<>();
    for (Served provider : served) {
      provider
          .models()
          .forEach((name, upstream) ->
              targets.put(
                  new Target(provider.provider(), name),
                  ofTarget(provider.type(), name, upstream, named)));
    }
    return served.isEmpty() ? named : new ModelCatalog(facts, aliases, targets);
  }

  /** The facts of a provider's own name for a model. */
  private ModelFacts facts(String type, String upstream, ModelCatalog listed) {
    ModelFacts own = ofType(type, upstream);
    if (own != null) {
      return own;
    }
    return listed.knows(upstream) ? listed.factsOf(upstream) : ModelFacts.UNKNOWN;
  }

  private ModelFacts ofTarget(String type, String name, String upstream, ModelCatalog named) {
    ModelFacts own = ofType(type, upstream);
    if (own == null) {
      return named.factsOf(name, upstream);
    }
    ModelChanges change = changes.get(name);
    return change == null || name.equals(upstream) ? own : change.applyTo(own);
  }

  private static ModelFacts withWidestLimits(ModelFacts first, ModelFacts other) {
    ModelFacts known = first.equals(ModelFacts.UNKNOWN) ? other : first;
    return new ModelFacts(
        widest(first.contextWindow(), other.contextWindow()),
        widest(first.maxOutputTokens(), other.maxOutputTokens()),
        first.limitsInherited() || other.limitsInherited(),
        known.traits(),
        known.tokenizer(),
        known.price());
  }

  /** The larger limit; unknown where one of them is. */
  private static OptionalLong widest(OptionalLong one, OptionalLong other) {
    return one.isPresent() && other.isPresent()
        ? OptionalLong.of(Math.max(one.getAsLong(), other.getAsLong()))
        : OptionalLong.empty();
  }
}
