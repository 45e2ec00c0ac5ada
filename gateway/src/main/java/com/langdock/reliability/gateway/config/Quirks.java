package com.langdock.reliability.gateway.config;

import com.langdock.reliability.yaml.Section;
import java.util.StringTokenizer;

/**
 * How a provider differs from the format that it speaks.
 *
 * @param streamOptions whether it takes {@code stream_options}; a provider that does not reports
 *     its usage without being asked
 */
public record Quirks(boolean streamOptions) {
  private static final String RESOURCE = "quirks.txt";
  private static final String STREAM_OPTIONS = "stream_options";

  /** Those of {@code host} that are known, changed by the configuration. */
  static Quirks from(Section section, String host) {
    return new Quirks(section.value(STREAM_OPTIONS).flag(known(host, STREAM_OPTIONS, true)));
  }

  /** A quirk by the shipped table: lines of a domain, a quirk and its value. */
  private static boolean known(String host, String quirk, boolean standard) {
    return ShippedModels.lines(RESOURCE)
        .map(StringTokenizer::new)
        .filter(line -> isWithin(host, line.nextToken()) && line.nextToken().equals(quirk))
        .map(line -> Boolean.parseBoolean(line.nextToken()))
        .findFirst()
        .orElse(standard);
  }

  private static boolean isWithin(String host, String domain) {
    return host.equals(domain) || host.endsWith("." + domain);
  }
}
