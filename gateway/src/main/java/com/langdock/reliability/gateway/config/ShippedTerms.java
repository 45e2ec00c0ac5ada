package com.langdock.reliability.gateway.config;

import com.langdock.reliability.core.domain.PriceTerms;
import com.langdock.reliability.core.domain.PriceTerms.Audio;
import com.langdock.reliability.core.domain.PriceTerms.LongPrompt;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/** The terms that ship with the gateway: {@code price-terms.txt}, whose top describes its lines. */
final class ShippedTerms {
  private static final String RESOURCE = "price-terms.txt";
  private static final String FAMILY = "*";
  private static final double MILLIONTHS = 1e6;
  private static final double PICODOLLARS_OF_ONE_IN_A_THOUSAND = 1e9;
  private static final Set<String> KEYS =
      Set.of(
          "cache_write",
          "long_cache_write",
          "long_prompt",
          "priority",
          "flex",
          "audio",
          "web_search",
          "batch");

  private final Map<String, PriceTerms> byName = new HashMap<>();
  private final Map<String, Integer> batches = new HashMap<>();

  private ShippedTerms() {}

  /** The terms by name. */
  static ShippedTerms read() {
    ShippedTerms terms = new ShippedTerms();
    ShippedModels.lines(RESOURCE).forEach(terms::add);
    return terms;
  }

  /** The terms of the line that names {@code model} itself, null when there is none. */
  @Nullable PriceTerms ofName(String model) {
    return byName.get(model);
  }

  /** The terms of a model, or of the family with the longest name that its name begins with. */
  PriceTerms of(String model) {
    return byName.getOrDefault(lineOf(model), PriceTerms.STANDARD);
  }

  /** The factor of a model's price in the provider's batches, in thousandths; zero if unknown. */
  int batchOf(String model) {
    return batches.getOrDefault(lineOf(model), 0);
  }

  /** The names of models and families that have terms. */
  Set<String> names() {
    return byName.keySet();
  }

  private String lineOf(String model) {
    String line = model;
    for (int end = model.length(); !byName.containsKey(line) && end > 0; end--) {
      line = model.substring(0, end) + FAMILY;
    }
    return line;
  }

  private void add(String line) {
    StringTokenizer cells = new StringTokenizer(line);
    String name = cells.nextToken();
    Map<String, String> values = new HashMap<>();
    while (cells.hasMoreTokens()) {
      String[] cell = cells.nextToken().split("=", 2);
      values.put(cell[0], cell[1]);
    }
    if (!KEYS.containsAll(values.keySet()) || byName.putIfAbsent(name, terms(values)) != null) {
      throw new IllegalStateException(RESOURCE + " is wrong: " + line);
    }
    if (values.containsKey("batch")) {
      batches.put(name, factor(values.get("batch")));
    }
  }

  private static PriceTerms terms(Map<String, String> values) {
    return new PriceTerms(
        factor(values.getOrDefault("cache_write", "1")),
        factor(values.getOrDefault("long_cache_write", "1")),
        audio(values.getOrDefault("audio", "0,0").split(",")),
        longPrompt(values.get("long_prompt")),
        factor(values.getOrDefault("priority", "1")),
        factor(values.getOrDefault("flex", "1")),
        Math.round(
            Double.parseDouble(values.getOrDefault("web_search", "0"))
                * PICODOLLARS_OF_ONE_IN_A_THOUSAND));
  }

  private static Audio audio(String[] prices) {
    return new Audio(
        Math.round(Double.parseDouble(prices[0]) * MILLIONTHS),
        Math.round(Double.parseDouble(prices[1]) * MILLIONTHS));
  }

  private static LongPrompt longPrompt(@Nullable String value) {
    if (value == null) {
      return LongPrompt.NONE;
    }
    String[] parts = value.split(",");
    return new LongPrompt(Long.parseLong(parts[0]), factor(parts[1]), factor(parts[2]));
  }

  private static int factor(String factor) {
    return (int) Math.round(Double.parseDouble(factor) * PriceTerms.ONE);
  }
}
