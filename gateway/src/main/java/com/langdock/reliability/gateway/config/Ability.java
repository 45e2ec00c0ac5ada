package com.langdock.reliability.gateway.config;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What a request to a model may have besides text. */
public enum Ability {
  /** Tools, with their calls and results. */
  TOOLS,
  /** Pictures. */
  IMAGES,
  /** Sound. */
  AUDIO,
  /** Films. */
  VIDEO,
  /** Documents, such as PDF. */
  FILES;

  /** Its name in a configuration. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The names of all. */
  static List<String> keys() {
    return Stream.of(values()).map(Ability::key).toList();
  }

  /** The ability with a name that is one of {@link #keys}. */
  static Ability of(String key) {
    return valueOf(key.toUpperCase(Locale.ROOT));
  }
}
