package com.langdock.reliability.gateway.config;

import com.langdock.reliability.core.domain.Price;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/** Checks that the table of models contradicts neither itself nor the presets, and is not old. */
public final class ModelCheck {
  private static final String FAMILY = "*";
  private static final String SOURCES = "model-sources.txt";

  private final ShippedModels models;
  private final Set<String> presets;
  private final Map<String, Integer> days;
  private final LocalDate today;
  private final List<String> problems = new ArrayList<>();

  /**
   * A check of a table.
   *
   * @param days how many days after its date a line is good, by the source
   */
  ModelCheck(
      ShippedModels models, Set<String> presets, Map<String, Integer> days, LocalDate today) {
    this.models = models;
    this.presets = presets;
    this.days = days;
    this.today = today;
  }

  /** The problems of the table that ships, as of a day; none when it is fine. */
  public static List<String> ofShipped(LocalDate today) {
    return new ModelCheck(ShippedModels.read(), Presets.names(), sources(), today).problems();
  }

  private static Map<String, Integer> sources() {
    Map<String, Integer> days = new HashMap<>();
    ShippedModels.lines(SOURCES)
        .map(StringTokenizer::new)
        .forEach(cells -> days.put(cells.nextToken(), Integer.parseInt(cells.nextToken())));
    return days;
  }

  /** Every problem, in the table's order. */
  List<String> problems() {
    Set<String> priced = new HashSet<>();
    Set<String> used = new HashSet<>();
    for (ModelEntry entry : models.entries()) {
      checkNumbers(entry);
      checkOrigin(entry);
      priced.add(entry.name());
      used.addAll(entry.origin().sources());
    }
    checkPresets();
    models.terms().names().stream()
        .filter(name -> !isNamed(name, priced))
        .sorted()
        .forEach(name -> problems.add(name + ": has terms of prices, but is no model"));
    days.keySet().stream()
        .filter(source -> !used.contains(source))
        .sorted()
        .forEach(source -> problems.add(source + ": is a source that no line names"));
    return List.copyOf(problems);
  }

  private static boolean isNamed(String line, Set<String> models) {
    return line.endsWith(FAMILY)
        ? models.stream().anyMatch(name -> name.startsWith(line.replace(FAMILY, "")))
        : models.contains(line);
  }

  private void checkNumbers(ModelEntry entry) {
    long window = entry.facts().contextWindow().orElse(Long.MAX_VALUE);
    long answer = entry.facts().maxOutputTokens().orElse(0);
    reject(entry, answer > window, "answers longer than its window");
    long threshold = entry.terms().longPrompt().above();
    reject(
        entry,
        threshold != Long.MAX_VALUE && threshold >= window,
        "has a price for prompts longer than its window");
    @Nullable Price price = entry.facts().price();
    reject(
        entry,
        price != null && price.cachedInput() > price.input(),
        "costs more from a cache than without one");
    reject(
        entry,
        entry.facts().contextWindow().orElse(1) < 1
            || entry.facts().maxOutputTokens().orElse(1) < 1
            || (price != null && (price.input() < 0 || price.output() < 0)),
        "has a number below what is possible");
  }

  private void checkOrigin(ModelEntry entry) {
    for (String type : entry.origin().types()) {
      reject(entry, !presets.contains(type), "is of " + type + ", which is no type");
    }
    @Nullable LocalDate asOf = entry.origin().asOf();
    for (String source : entry.origin().sources()) {
      Integer limit = days.get(source);
      if (limit == null) {
        problems.add(entry.name() + ": names the source " + source + ", which is not listed");
      } else if (asOf != null && asOf.plusDays(limit).isBefore(today)) {
        problems.add(
            "%s: was compared with its sources on %s, more than %d days ago"
                .formatted(entry.name(), asOf, limit));
      }
    }
    reject(entry, asOf != null && asOf.isAfter(today), "was compared on a day to come");
  }

  private void checkPresets() {
    Set<String> served = new LinkedHashSet<>(models.servingOthers());
    models.servingOthers().stream()
        .filter(type -> !presets.contains(type))
        .forEach(type -> problems.add(type + ": is no type"));
    models.entries().forEach(entry -> served.addAll(entry.origin().types()));
    presets.stream()
        .filter(type -> !served.contains(type))
        .forEach(type -> problems.add(type + ": is a type of which no model is listed"));
  }

  private void reject(ModelEntry entry, boolean isWrong, String problem) {
    if (isWrong) {
      problems.add(entry.name() + ": " + problem);
    }
  }
}
