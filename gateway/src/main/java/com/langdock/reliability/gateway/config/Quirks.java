package com.langdock.reliability.gateway.config;

import com.langdock.reliability.yaml.Section;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.StringTokenizer;

/**
 * Which parts of the format that it speaks a provider accepts.
 *
 * @param accepted the parts that it accepts
 */
public record Quirks(Set<Quirk> accepted) {
  private static final String RESOURCE = "quirks.txt";

  /** The values of quirks by their names, by the preset. */
  private static final Map<String, Map<String, Boolean>> SHIPPED = read();

  /** Copies the set. */
  public Quirks {
    accepted = Set.copyOf(accepted);
  }

  /** Those that are known of the preset {@code type}, changed by the configuration. */
  static Quirks from(Section section, String type) {
    Map<String, Boolean> known = SHIPPED.getOrDefault(type, Map.of());
    EnumSet<Quirk> accepted = EnumSet.noneOf(Quirk.class);
    for (Quirk quirk : Quirk.values()) {
      if (section.value(quirk.key()).flag(known.getOrDefault(quirk.key(), quirk.isUsual()))) {
        accepted.add(quirk);
      }
    }
    return new Quirks(accepted);
  }

  /** Whether it does with {@code quirk} as a provider about which nothing is known. */
  public boolean isUsual(Quirk quirk) {
    return accepted.contains(quirk) == quirk.isUsual();
  }

  private static Map<String, Map<String, Boolean>> read() {
    Map<String, Map<String, Boolean>> quirks = new HashMap<>();
    ShippedModels.lines(RESOURCE)
        .map(StringTokenizer::new)
        .forEach(cells ->
            quirks
                .computeIfAbsent(cells.nextToken(), _ -> new HashMap<>())
                .put(cells.nextToken(), Boolean.parseBoolean(cells.nextToken())));
    return quirks;
  }
}
