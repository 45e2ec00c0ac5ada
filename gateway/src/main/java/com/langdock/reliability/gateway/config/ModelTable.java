package com.langdock.reliability.gateway.config;

import com.langdock.reliability.core.domain.ModelCatalog;
import com.langdock.reliability.core.domain.ModelFacts;
import com.langdock.reliability.core.domain.ModelTraits;
import com.langdock.reliability.core.domain.ModelTraits.Sampling;
import com.langdock.reliability.core.domain.ModelTraits.Thinking;
import com.langdock.reliability.yaml.Section;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The facts of models by name: those that ship with the gateway, with the changes of a
 * configuration.
 */
public final class ModelTable {
  private static final long MAX_TOKENS = 1_000_000_000;
  private static final ModelTable SHIPPED = new ModelTable(ShippedModels.read());

  private final Map<String, ModelFacts> facts;
  private final ModelCatalog catalog;

  /** The encodings that tokens can be counted with. */
  private enum Tokenizer {
    CL100K_BASE,
    O200K_BASE
  }

  private ModelTable(Map<String, ModelFacts> facts) {
    this.facts = Map.copyOf(facts);
    this.catalog = new ModelCatalog(facts);
  }

  /** The table that ships with the gateway. */
  public static ModelTable shipped() {
    return SHIPPED;
  }

  /** This table with the changes of a configuration's {@code models} section. */
  public ModelTable with(Section models) {
    Map<String, ModelFacts> changed = new HashMap<>(facts);
    for (String name : models.keys()) {
      changed.put(name, models.section(name, model -> facts(model, catalog.factsOf(name))));
    }
    return new ModelTable(changed);
  }

  private static ModelFacts facts(Section model, ModelFacts standard) {
    boolean saysLimits = model.has("context_window") || model.has("max_output_tokens");
    ModelFacts facts =
        new ModelFacts(
            tokens(model, "context_window", standard.contextWindow()),
            tokens(model, "max_output_tokens", standard.maxOutputTokens()),
            standard.limitsInherited() && !saysLimits,
            traits(model, standard.traits()),
            model
                .value("tokenizer")
                .choice(Tokenizer.class)
                .map(tokenizer -> tokenizer.name().toLowerCase(Locale.ROOT))
                .orElse(standard.tokenizer()),
            PriceReader.read(model, standard.price()));
    long window = facts.contextWindow().orElse(MAX_TOKENS);
    if (facts.maxOutputTokens().orElse(0) > window) {
      model.place("max_output_tokens").reject("must not be larger than context_window, " + window);
    }
    return facts;
  }

  private static ModelTraits traits(Section model, ModelTraits standard) {
    return new ModelTraits(
        model.value("reasoning").flag(standard.reasoning()),
        model.value("prefill").flag(standard.prefill()),
        model.value("sampling").choice(Sampling.class).orElse(standard.sampling()),
        model.value("thinking").choice(Thinking.class).orElse(standard.thinking()),
        model.value("structured_output").flag(standard.structuredOutput()));
  }

  private static OptionalLong tokens(Section model, String key, OptionalLong standard) {
    return model.value(key).whole(1, MAX_TOKENS).map(OptionalLong::of).orElse(standard);
  }

  /** The names that have facts. */
  public Set<String> names() {
    return facts.keySet();
  }

  /** Whether the table has facts about a model. */
  public boolean knows(String model) {
    return catalog.knows(model);
  }

  /**
   * The facts by the names that clients use: where only the provider's own name for a model is
   * known, its facts; with several providers, those of the first.
   *
   * @param served each provider's own names by those that clients use
   */
  public ModelCatalog catalog(List<Map<String, String>> served) {
    Map<String, ModelFacts> aliases = new HashMap<>();
    served.stream()
        .flatMap(models -> models.entrySet().stream())
        .filter(model -> !knows(model.getKey()) && knows(model.getValue()))
        .forEach(model -> aliases.putIfAbsent(model.getKey(), catalog.factsOf(model.getValue())));
    return new ModelCatalog(facts, aliases);
  }
}
