package com.langdock.reliability.gateway.config.access;

import com.langdock.reliability.core.access.KeyHash;
import com.langdock.reliability.core.access.Priority;
import com.langdock.reliability.yaml.Item;
import com.langdock.reliability.yaml.Section;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the client keys of one file. */
final class KeyReader {
  private static final KeyHash NONE = KeyHash.of("");
  private static final int MAX_PAIRS = 16;
  private static final int MAX_NAME = 64;
  private static final int MAX_VALUE = 256;

  private final RightsReader rights;
  private final Set<String> teams;
  private final LimitsConfig limits;
  private final Set<String> names = new HashSet<>();
  private final Set<KeyHash> hashes = new HashSet<>();

  /** A reader of keys that may belong to {@code teams}. */
  KeyReader(RightsReader rights, Set<String> teams, LimitsConfig limits) {
    this.rights = rights;
    this.teams = teams;
    this.limits = limits;
  }

  KeyConfig read(Section section) {
    return new KeyConfig(
        SubjectName.read(section, names, "is the name of another key too"),
        new KeyConfig.Secret(
            hash(section, hashes, "is the hash of another key too"),
            expires(section, limits.timeZone())),
        section.value("team").oneOf(teams).orElse(null),
        rights.read(section),
        section.value("priority").choice(Priority.class).orElse(Priority.NORMAL),
        SubjectLimitsReader.read(section),
        metadata(section));
  }

  /**
   * The hash of {@code section}, which is added to {@code hashes}. No message has the value: it may
   * be the key itself.
   *
   * @param taken what is said of a hash that is among them
   */
  static KeyHash hash(Section section, Set<KeyHash> hashes, String taken) {
    Optional<String> text = section.value("hash").secret();
    Optional<KeyHash> hash = text.flatMap(KeyHash::parse);
    if (!section.has("hash")) {
      section.place("hash").reject("is required; bin/gateway key makes a key and its hash");
    } else if (hash.isEmpty()) {
      section
          .place("hash")
          .reject(
              "must be sha256: and 64 hexadecimal digits, as bin/gateway key prints it; the key"
                  + " itself does not belong into the file");
    } else if (!hashes.add(hash.get())) {
      section.place("hash").reject(taken);
    }
    return hash.orElse(NONE);
  }

  /** The moment in {@code expires}: the end of a day in {@code zone}; null without one. */
  static @Nullable Instant expires(Section section, ZoneId zone) {
    Optional<String> text = section.value("expires").text();
    if (text.isEmpty()) {
      return null;
    }
    try {
      return text.get().contains("T")
          ? OffsetDateTime.parse(text.get()).toInstant()
          : LocalDate.parse(text.get()).plusDays(1).atStartOfDay(zone).toInstant();
    } catch (DateTimeException notOne) {
      section
          .place("expires")
          .reject("must be a day such as 2027-01-31 or a moment such as 2027-01-31T12:00:00Z");
      return null;
    }
  }

  /** The notes of a key, for reports. */
  static Map<String, String> metadata(Section section) {
    Map<String, String> metadata = new LinkedHashMap<>();
    for (Item pair : section.pairs("metadata")) {
      metadata.put(pair.name(), pair.value());
      if (pair.name().length() > MAX_NAME || pair.value().length() > MAX_VALUE) {
        pair.place().reject("is longer than 64 characters, or its value longer than 256");
      }
    }
    if (metadata.size() > MAX_PAIRS) {
      section.place("metadata").reject("has more than 16 pairs");
    }
    return metadata;
  }
}
