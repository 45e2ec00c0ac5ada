package com.langdock.reliability.gateway.config;

import com.langdock.reliability.core.domain.ModelFacts;
import com.langdock.reliability.core.domain.Price;
import com.langdock.reliability.core.domain.PriceTerms;
import com.langdock.reliability.gateway.config.ModelEntry.Origin;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.StringTokenizer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The models that ship with the gateway: {@code models.txt}, whose top describes its lines.
 *
 * <p>A table and not YAML, since every start reads it: as YAML it was a quarter of a start.
 */
final class ShippedModels {
  private static final String RESOURCE = "models.txt";
  private static final String OTHER_NAME = "=";
  private static final String ONLY = "only ";
  private static final String OTHERS = "others ";

  private final List<ModelEntry> entries = new ArrayList<>();
  private final Set<String> servingOthers = new LinkedHashSet<>();
  private final ShippedTerms terms;

  /** The models of the last heading, by name; those of makers share one map. */
  private Map<String, ModelEntry> named;

  private final Map<String, ModelEntry> ofMakers = new HashMap<>();
  private final Map<String, Map<String, ModelEntry>> ofTypes = new HashMap<>();
  private Set<String> types = Set.of();
  private boolean isOwnName;

  private ShippedModels(ShippedTerms terms) {
    this.terms = terms;
    this.named = ofMakers;
  }

  /** The table that ships. */
  static ShippedModels read() {
    return read(lines(RESOURCE), ShippedTerms.read());
  }

  /** The table of these lines. */
  static ShippedModels read(Stream<String> lines, ShippedTerms terms) {
    ShippedModels models = new ShippedModels(terms);
    lines.forEach(models::add);
    return models;
  }

  /** The lines of a table that say something. */
  static Stream<String> lines(String resource) {
    return text(resource).lines().filter(line -> !line.isEmpty() && line.charAt(0) != '#');
  }

  private static String text(String resource) {
    try (InputStream in = ShippedModels.class.getResourceAsStream(resource)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    }
  }

  /** All models, in the table's order. */
  List<ModelEntry> entries() {
    return entries;
  }

  /** The types that serve the models of others, and have no lines. */
  Set<String> servingOthers() {
    return servingOthers;
  }

  /** The terms of prices. */
  ShippedTerms terms() {
    return terms;
  }

  private void add(String line) {
    if (line.charAt(0) == '[') {
      open(line.substring(1, line.length() - 1));
      return;
    }
    StringTokenizer cells = new StringTokenizer(line);
    String name = cells.nextToken();
    ModelEntry entry;
    try {
      entry = entry(name, cells.nextToken(), cells);
    } catch (RuntimeException wrong) {
      throw new IllegalStateException(RESOURCE + " is wrong: " + line, wrong);
    }
    if (cells.hasMoreTokens() || named.putIfAbsent(name, entry) != null) {
      throw new IllegalStateException(RESOURCE + " is wrong: " + line);
    }
    entries.add(entry);
  }

  private void open(String heading) {
    isOwnName = heading.startsWith(ONLY);
    boolean isOthers = heading.startsWith(OTHERS);
    String list = heading.substring(isOwnName ? ONLY.length() : isOthers ? OTHERS.length() : 0);
    types = new LinkedHashSet<>(List.of(list.split(" ", -1)));
    if (isOthers) {
      servingOthers.addAll(types);
    }
    named = isOwnName ? ofTypes.computeIfAbsent(list, _ -> new HashMap<>()) : ofMakers;
  }

  private ModelEntry entry(String name, String next, StringTokenizer cells) {
    if (next.equals(OTHER_NAME)) {
      ModelEntry other = Objects.requireNonNull(named.get(cells.nextToken()));
      PriceTerms own = terms.ofName(name);
      return (own == null ? other : under(own, other)).named(name);
    }
    ModelLine line = ModelLine.read(next, cells);
    Origin origin = new Origin(types, isOwnName, line.sources(), line.asOf());
    ModelEntry entry =
        new ModelEntry(name, line.facts(), line.offer(), origin, terms.batchOf(name));
    return under(terms.of(name), entry);
  }

  private static ModelEntry under(PriceTerms terms, ModelEntry entry) {
    ModelFacts facts = entry.facts();
    @Nullable Price price = facts.price();
    return price == null
        ? entry
        : new ModelEntry(
            entry.name(),
            new ModelFacts(
                facts.contextWindow(),
                facts.maxOutputTokens(),
                facts.limitsInherited(),
                facts.traits(),
                facts.tokenizer(),
                price.with(terms)),
            entry.offer(),
            entry.origin(),
            entry.batch());
  }
}
