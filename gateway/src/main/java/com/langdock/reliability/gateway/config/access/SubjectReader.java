package com.langdock.reliability.gateway.config.access;

import com.langdock.reliability.core.access.KeyHash;
import com.langdock.reliability.core.access.Priority;
import com.langdock.reliability.yaml.Section;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads keys and teams that are not of the file, by the rules of the file. Not thread-safe. */
public final class SubjectReader {
  private final RightsReader rights;

  private SubjectReader(RightsReader rights) {
    this.rights = rights;
  }

  /**
   * A reader of what somebody asks for.
   *
   * @param served the models of each provider
   */
  public static SubjectReader checked(Map<String, Set<String>> served) {
    return new SubjectReader(new RightsReader(served));
  }

  /** A reader of what was checked before, under another configuration perhaps. */
  public static SubjectReader unchecked() {
    return new SubjectReader(RightsReader.unchecked());
  }

  /** The rights, priority, limits and metadata of a key. */
  public KeyRules key(Section section) {
    return new KeyRules(
        rights.read(section),
        section.value("priority").choice(Priority.class).orElse(Priority.NORMAL),
        SubjectLimitsReader.read(section),
        KeyReader.metadata(section));
  }

  /** The rights and limits of the team {@code name}. */
  public TeamConfig team(String name, Section section) {
    return TeamConfig.read(name, section, rights);
  }

  /**
   * The keys and teams of a text that is like a file's, of which nothing else is allowed.
   *
   * @param teams that there are already
   * @param limits in whose time zone days end
   */
  public AccessConfig all(Section file, Set<String> teams, LimitsConfig limits) {
    Set<String> names = new LinkedHashSet<>(teams);
    List<TeamConfig> read =
        file.sections("teams", section -> TeamConfig.from(section, rights, names));
    ClientKeysConfig keys =
        file.section(
            "client_keys",
            section -> ClientKeysConfig.from(section, new KeyReader(rights, names, limits)));
    return new AccessConfig(keys, read, limits);
  }

  /** An amount of US dollars, in nanodollars; zero where it is none, which is rejected. */
  public static long dollars(Section section, String key) {
    return section
        .value(key)
        .text()
        .flatMap(text -> SubjectLimitsReader.nanodollars(section, key, text))
        .orElse(0L);
  }

  /** The name in {@code name}; empty where it is missing or no name, which is rejected. */
  public static String name(Section section) {
    return SubjectName.read(section, new HashSet<>(), "");
  }

  /** The moment in {@code expires}: the end of a day in {@code zone}; null without one. */
  public static @Nullable Instant expires(Section section, ZoneId zone) {
    return KeyReader.expires(section, zone);
  }

  /** The hash in {@code hash}; empty where it is missing, or none, which is rejected. */
  public static Optional<KeyHash> hash(Section section) {
    return section.has("hash")
        ? Optional.of(KeyReader.hash(section, new HashSet<>(), ""))
        : Optional.empty();
  }
}
