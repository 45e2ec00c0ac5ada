package com.langdock.reliability.gateway.config;

import com.langdock.reliability.yaml.Section;
import java.util.EnumSet;
import java.util.Set;
import java.util.StringTokenizer;

/**
 * Which parts of the format that it speaks a provider accepts. They matter to requests that the
 * gateway writes itself; the fields of a client of the same format are passed on.
 *
 * @param accepted the parts that it accepts
 */
public record Quirks(Set<Quirk> accepted) {
  private static final String RESOURCE = "quirks.txt";

  /** Copies the set. */
  public Quirks {
    accepted = Set.copyOf(accepted);
  }

  /** Those of {@code host} that are known, changed by the configuration. */
  static Quirks from(Section section, String host) {
    EnumSet<Quirk> accepted = EnumSet.noneOf(Quirk.class);
    for (Quirk quirk : Quirk.values()) {
      if (section.value(quirk.key()).flag(known(host, quirk))) {
        accepted.add(quirk);
      }
    }
    return new Quirks(accepted);
  }

  /** Whether it takes {@code stream_options}. */
  public boolean streamOptions() {
    return accepted.contains(Quirk.STREAM_OPTIONS);
  }

  /** A quirk by the shipped table: lines of a domain, a quirk and its value. */
  private static boolean known(String host, Quirk quirk) {
    return ShippedModels.lines(RESOURCE)
        .map(StringTokenizer::new)
        .filter(line -> isWithin(host, line.nextToken()) && line.nextToken().equals(quirk.key()))
        .map(line -> Boolean.parseBoolean(line.nextToken()))
        .findFirst()
        .orElse(quirk.isUsual());
  }

  private static boolean isWithin(String host, String domain) {
    return host.equals(domain) || host.endsWith("." + domain);
  }
}
