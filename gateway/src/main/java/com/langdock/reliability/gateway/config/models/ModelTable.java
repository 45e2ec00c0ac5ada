package com.langdock.reliability.gateway.config.models;

import com.langdock.reliability.core.domain.ModelCatalog;
import com.langdock.reliability.core.domain.ModelFacts;
import com.langdock.reliability.gateway.config.yaml.EnvironmentReferences;
import com.langdock.reliability.gateway.config.yaml.Place;
import com.langdock.reliability.gateway.config.yaml.Problems;
import com.langdock.reliability.gateway.config.yaml.Section;
import com.langdock.reliability.gateway.config.yaml.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * The facts of models by name: those that ship with the gateway, in {@code models.yaml}, with what
 * a configuration says differently.
 */
public final class ModelTable {
  private static final String RESOURCE = "models.yaml";
  private static final long MAX_TOKENS = 1_000_000_000;
  private static final ModelTable SHIPPED = readShipped();

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

  private static ModelTable readShipped() {
    Problems problems = new Problems();
    Place place = new Place(1, "", problems);
    EnvironmentReferences none = new EnvironmentReferences(Map.of());
    ModelTable table =
        YamlReader.document(shippedText(), problems)
            .map(document -> Section.read(document, place, none, ModelTable::shipped))
            .orElseGet(() -> new ModelTable(Map.of()));
    if (!problems.errors().isEmpty()) {
      throw new IllegalStateException(RESOURCE + " is wrong: " + problems.errors());
    }
    return table;
  }

  private static String shippedText() {
    try (InputStream in = ModelTable.class.getResourceAsStream(RESOURCE)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    }
  }

  private static ModelTable shipped(Section models) {
    Map<String, ModelFacts> facts = new HashMap<>();
    for (String name : models.keys()) {
      facts.putAll(models.section(name, model -> byNameAndAliases(name, model)));
    }
    return new ModelTable(facts);
  }

  private static Map<String, ModelFacts> byNameAndAliases(String name, Section model) {
    ModelFacts facts = facts(model, ModelFacts.UNKNOWN);
    Map<String, ModelFacts> named = new HashMap<>(Map.of(name, facts));
    model.texts("aliases").forEach(alias -> named.put(alias.value(), facts));
    return named;
  }

  /** This table with the facts that a configuration's {@code models} section says differently. */
  public ModelTable with(Section models) {
    Map<String, ModelFacts> changed = new HashMap<>(facts);
    for (String name : models.keys()) {
      changed.put(name, models.section(name, model -> facts(model, catalog.factsOf(name))));
    }
    return new ModelTable(changed);
  }

  private static ModelFacts facts(Section model, ModelFacts standard) {
    ModelFacts facts =
        new ModelFacts(
            tokens(model, "context_window", standard.contextWindow()),
            tokens(model, "max_output_tokens", standard.maxOutputTokens()),
            model.value("reasoning").flag(standard.reasoning()),
            model.value("prefill").flag(standard.prefill()),
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

  private static OptionalLong tokens(Section model, String key, OptionalLong standard) {
    return model.value(key).whole(1, MAX_TOKENS).map(OptionalLong::of).orElse(standard);
  }

  /** Whether anything is known of a model. */
  public boolean knows(String model) {
    return !catalog.factsOf(model).equals(ModelFacts.UNKNOWN);
  }

  /**
   * The facts by the names that clients use: where only the provider's own name for a model is
   * known, its facts; with several providers, those of the first.
   *
   * @param served each provider's own names by those that clients use
   */
  public ModelCatalog catalog(List<Map<String, String>> served) {
    Map<String, ModelFacts> named = new HashMap<>(facts);
    served.stream()
        .flatMap(models -> models.entrySet().stream())
        .filter(model -> !knows(model.getKey()) && knows(model.getValue()))
        .forEach(model -> named.putIfAbsent(model.getKey(), catalog.factsOf(model.getValue())));
    return new ModelCatalog(named);
  }
}
