package com.langdock.reliability.gateway.keys;

import com.langdock.reliability.gateway.config.access.TeamConfig;
import com.langdock.reliability.gateway.keys.store.TeamRow;

/**
 * A team of the store.
 *
 * @param createdAt in milliseconds since 1970
 * @param version of its last change
 */
public record StoredTeam(TeamConfig rules, long createdAt, long version) {
  static StoredTeam of(TeamRow row, TeamConfig rules) {
    return new StoredTeam(rules, row.createdAt(), row.version());
  }

  TeamRow row() {
    return new TeamRow(rules.name(), RulesJson.of(rules), createdAt, 0, version);
  }
}
