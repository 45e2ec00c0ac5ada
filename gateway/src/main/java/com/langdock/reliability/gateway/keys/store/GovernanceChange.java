package com.langdock.reliability.gateway.keys.store;

import com.langdock.reliability.core.access.KeyHash;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Optional;

/** One change of keys, teams or credits, within its transaction. No other is made meanwhile. */
public interface GovernanceChange {
  /** The version that this change makes. */
  long version();

  /** The key of an id. */
  Optional<KeyRow> key(String id) throws SQLException;

  /** Whether a key that is not revoked has this name; the one of {@code except} aside. */
  boolean isNameTaken(String name, String except) throws SQLException;

  /** Whether a key has this hash, or had it before its last rotation. */
  boolean isHashTaken(KeyHash hash) throws SQLException;

  /** The team of a name, one that was removed too. */
  Optional<TeamRow> team(String name) throws SQLException;

  /** How many keys that are not revoked belong to a team. */
  long keysOf(String team) throws SQLException;

  /** Writes keys, each over the one of its id. */
  void putKeys(Collection<KeyRow> keys) throws SQLException;

  /** Writes teams, each over the one of its name. */
  void putTeams(Collection<TeamRow> teams) throws SQLException;

  /**
   * Adds to the budget of one period.
   *
   * @param id of the credit
   * @param made who adds it, and when
   */
  void credit(String id, CreditRow credit, String reason, AuditRow made) throws SQLException;

  /** Writes down who made or tried this change; its id is chosen here. */
  void audit(AuditRow audit) throws SQLException;
}
