package com.langdock.reliability.gateway.config.access;

import com.langdock.reliability.yaml.Section;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The keys that clients use at the gateway.
 *
 * @param keys those of the file, in its order
 * @param staleAfter how long stored keys are accepted while the store cannot be read; null: without
 *     end
 * @param knownResponsesOnly whether a stored response of which nothing is known is refused, since
 *     it may be another key's
 */
public record ClientKeysConfig(
    List<KeyConfig> keys, @Nullable Duration staleAfter, boolean knownResponsesOnly) {
  /** What becomes of requests for a stored response of which nothing is known. */
  private enum UnknownResponses {
    /** They are refused. */
    REFUSED,
    /** They are passed on to a provider. */
    PASSED
  }

  private static final Duration LONGEST = Duration.ofDays(366);

  /** Keeps an immutable copy. */
  public ClientKeysConfig {
    keys = List.copyOf(keys);
  }

  static ClientKeysConfig from(Section section, KeyReader reader) {
    return new ClientKeysConfig(
        section.sections("keys", reader::read),
        staleAfter(section),
        section
                .value("unknown_responses")
                .choice(UnknownResponses.class)
                .orElse(UnknownResponses.REFUSED)
            == UnknownResponses.REFUSED);
  }

  private static @Nullable Duration staleAfter(Section section) {
    return section.value("stale_after").isWord("none")
        ? null
        : section.value("stale_after").duration(Duration.ofHours(1), LONGEST);
  }
}
