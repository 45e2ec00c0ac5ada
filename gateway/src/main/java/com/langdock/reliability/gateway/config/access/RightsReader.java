package com.langdock.reliability.gateway.config.access;

import com.langdock.reliability.core.access.EndpointName;
import com.langdock.reliability.core.access.NamePatterns;
import com.langdock.reliability.core.access.Rights;
import com.langdock.reliability.core.domain.Labels;
import com.langdock.reliability.yaml.Item;
import com.langdock.reliability.yaml.Section;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code models}, {@code providers} and {@code endpoints} of a key or team. */
final class RightsReader {
  private static final Predicate<String> PATTERN =
      Pattern.compile("[\\x21-\\x7e&&[^\",*]]{0,200}\\*?").asMatchPredicate();

  private final boolean checksNames;
  private final Set<String> models = new LinkedHashSet<>();
  private final Set<String> providers = new LinkedHashSet<>();
  private final Map<String, EndpointName> endpoints = new LinkedHashMap<>();

  /** Equal rights are one object: thousands of keys have the same. */
  private final Map<Rights, Rights> known = new LinkedHashMap<>();

  /**
   * A reader.
   *
   * @param served the models of each provider
   */
  RightsReader(Map<String, Set<String>> served) {
    this(served, true);
  }

  /** A reader that takes every name: what was right once must not become unreadable. */
  static RightsReader unchecked() {
    return new RightsReader(Map.of(), false);
  }

  private RightsReader(Map<String, Set<String>> served, boolean checksNames) {
    this.checksNames = checksNames;
    providers.addAll(served.keySet());
    served.values().forEach(models::addAll);
    for (EndpointName endpoint : EndpointName.values()) {
      endpoints.put(Labels.of(endpoint), endpoint);
    }
  }

  Rights read(Section section) {
    Rights rights =
        new Rights(
            patterns(section, "models", models, RightsReader::warnOfModel),
            patterns(section, "providers", providers, RightsReader::rejectProvider),
            endpoints(section));
    Rights same = known.putIfAbsent(rights, rights);
    return same == null ? rights : same;
  }

  private NamePatterns patterns(
      Section section, String key, Set<String> names, BiConsumer<Item, Set<String>> unknown) {
    @Nullable List<String> patterns = section.has(key) ? new ArrayList<>() : null;
    for (Item item : section.texts(key)) {
      String pattern = item.value();
      if (!PATTERN.test(pattern)) {
        item.place().reject("must be a name, or the beginning of names with * at its end");
      } else if (checksNames
          && names.stream().noneMatch(NamePatterns.of(List.of(pattern))::contains)) {
        unknown.accept(item, names);
      }
      if (patterns != null) {
        patterns.add(pattern);
      }
    }
    return patterns == null ? NamePatterns.ALL : NamePatterns.of(patterns);
  }

  private static void warnOfModel(Item item, Set<String> names) {
    item.place().warn("is no model that a provider serves");
  }

  private static void rejectProvider(Item item, Set<String> names) {
    if (item.value().endsWith("*")) {
      item.place().warn("is the beginning of no provider's name");
    } else {
      item.oneOf(names);
    }
  }

  private Set<EndpointName> endpoints(Section section) {
    Set<EndpointName> allowed = EnumSet.noneOf(EndpointName.class);
    for (Item item : section.texts("endpoints")) {
      item.oneOf(endpoints.keySet()).map(endpoints::get).ifPresent(allowed::add);
    }
    return section.has("endpoints") ? allowed : Rights.ALL.endpoints();
  }
}
