package com.langdock.reliability.gateway.keys;

import com.langdock.reliability.core.access.ClientKey;
import com.langdock.reliability.core.access.KeyHash;
import com.langdock.reliability.gateway.config.access.KeyRules;
import com.langdock.reliability.gateway.config.access.SubjectReader;
import com.langdock.reliability.gateway.keys.store.KeyRow;
import com.langdock.reliability.yaml.Section;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A key as somebody asks for it.
 *
 * @param expiresAt in milliseconds since 1970, {@link ClientKey#NEVER} for never
 * @param hash of a key that exists elsewhere; empty for a new one
 */
record KeyDraft(
    String name,
    KeyRow.Holder holder,
    KeyRules rules,
    long expiresAt,
    boolean off,
    Optional<KeyHash> hash) {
  private static final Duration LONGEST = Duration.ofDays(3_650);
  private static final int MAX_OWNER = 256;

  /**
   * Reads what is asked for.
   *
   * @param zone in which a day ends
   * @param now in milliseconds since 1970
   * @param isNew whether it may bring a hash, and not be off
   */
  static KeyDraft read(
      Section section, SubjectReader reader, ZoneId zone, long now, boolean isNew) {
    return new KeyDraft(
        SubjectReader.name(section),
        new KeyRow.Holder(section.value("team").text().orElse(null), owner(section)),
        reader.key(section),
        expires(section, zone, now),
        !isNew && section.value("off").flag(false),
        isNew ? SubjectReader.hash(section) : Optional.empty());
  }

  private static @Nullable String owner(Section section) {
    Optional<String> owner = section.value("owner").text();
    if (owner.isPresent() && owner.get().length() > MAX_OWNER) {
      section.place("owner").reject("is longer than 256 characters");
    }
    return owner.orElse(null);
  }

  private static long expires(Section section, ZoneId zone, long now) {
    Instant moment = SubjectReader.expires(section, zone);
    if (section.has("expires_in")) {
      if (moment != null) {
        section.place("expires_in").reject("stands beside expires; send one of them");
      }
      return now + section.value("expires_in").duration(LONGEST, LONGEST).toMillis();
    }
    return moment == null ? ClientKey.NEVER : moment.toEpochMilli();
  }
}
