package com.langdock.reliability.gateway.keys.store;

import java.util.List;

/**
 * What changed of keys, teams and credits.
 *
 * @param version up to which this is everything
 * @param credits of the subjects and periods that were credited, all credits of each together
 */
public record GovernanceRows(
    long version, List<KeyRow> keys, List<TeamRow> teams, List<CreditRow> credits) {
  /** Keeps immutable copies. */
  public GovernanceRows {
    keys = List.copyOf(keys);
    teams = List.copyOf(teams);
    credits = List.copyOf(credits);
  }
}
