package com.langdock.reliability.gateway.config.access;

import com.langdock.reliability.core.access.EndpointName;
import com.langdock.reliability.core.domain.Labels;
import com.langdock.reliability.yaml.Section;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How large the bodies of requests may be.
 *
 * @param usual bytes of a body
 * @param of bytes of the bodies of single APIs
 */
public record BodyLimits(long usual, Map<EndpointName, Long> of) {
  private static final long USUAL = 32L << 20;

  /** Those with a body. */
  private static final Map<String, EndpointName> ENDPOINTS =
      Stream.of(EndpointName.values())
          .filter(name -> name != EndpointName.MODELS && name != EndpointName.ROUTES)
          .collect(Collectors.toUnmodifiableMap(Labels::of, name -> name));

  /** Keeps an immutable copy. */
  public BodyLimits {
    of = Collections.unmodifiableMap(new LinkedHashMap<>(of));
  }

  /** Reads {@code max_body} and {@code max_body_of} of the section {@code server}. */
  public static BodyLimits from(Section server) {
    return new BodyLimits(
        server.value("max_body").size(USUAL), server.section("max_body_of", BodyLimits::single));
  }

  private static Map<EndpointName, Long> single(Section section) {
    Map<EndpointName, Long> limits = new LinkedHashMap<>();
    ENDPOINTS.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .filter(name -> section.has(name.getKey()))
        .forEach(name -> limits.put(name.getValue(), section.value(name.getKey()).size(USUAL)));
    return limits;
  }
}
