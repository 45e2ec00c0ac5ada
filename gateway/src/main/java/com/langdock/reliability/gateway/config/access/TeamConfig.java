package com.langdock.reliability.gateway.config.access;

import com.langdock.reliability.core.access.Rights;
import com.langdock.reliability.core.quota.SubjectLimits;
import com.langdock.reliability.yaml.Section;
import java.util.Set;

/**
 * A team, which bounds its keys.
 *
 * @param rights of all its keys
 * @param limits of all its keys together
 * @param defaultKey the limits of each of its keys that has none of its own
 */
public record TeamConfig(
    String name, Rights rights, SubjectLimits limits, SubjectLimits defaultKey) {
  /** Reads a team; {@code names} has those before it, and this one afterwards. */
  static TeamConfig from(Section section, RightsReader rights, Set<String> names) {
    return read(
        SubjectName.read(section, names, "is the name of another team too"), section, rights);
  }

  /** Reads the team of this name. */
  static TeamConfig read(String name, Section section, RightsReader rights) {
    return new TeamConfig(
        name,
        rights.read(section),
        SubjectLimitsReader.read(section),
        section.section("default_key", SubjectLimitsReader::read));
  }
}
