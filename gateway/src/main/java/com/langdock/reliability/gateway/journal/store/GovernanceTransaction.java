package com.langdock.reliability.gateway.journal.store;

import com.langdock.reliability.core.access.KeyHash;
import com.langdock.reliability.gateway.keys.store.AuditRow;
import com.langdock.reliability.gateway.keys.store.CreditRow;
import com.langdock.reliability.gateway.keys.store.GovernanceChange;
import com.langdock.reliability.gateway.keys.store.KeyRow;
import com.langdock.reliability.gateway.keys.store.TeamRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads and writes keys, teams and credits within a transaction. */
final class GovernanceTransaction implements GovernanceChange {
  private static final String KEY =
      """
      insert into keys (id, name, team, owner, rules, hash, old_hash, old_until, created_at,
        expires_at, is_off, revoked_at, cut, version)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      on conflict (id) do update set
        name = excluded.name, team = excluded.team, owner = excluded.owner,
        rules = excluded.rules, hash = excluded.hash, old_hash = excluded.old_hash,
        old_until = excluded.old_until, expires_at = excluded.expires_at,
        is_off = excluded.is_off, revoked_at = excluded.revoked_at, cut = excluded.cut,
        version = excluded.version
      """;
  private static final String TEAM =
      """
      insert into teams (name, rules, created_at, removed_at, version) values (?, ?, ?, ?, ?)
      on conflict (name) do update set
        rules = excluded.rules, created_at = excluded.created_at,
        removed_at = excluded.removed_at, version = excluded.version
      """;
  private static final String CREDIT =
      """
      insert into credits (id, subject, period, nanodollars, reason, at, by_token, version)
      values (?, ?, ?, ?, ?, ?, ?, ?)
      """;
  private static final String AUDIT =
      """
      insert into audit (id, at, token, address, action, object, before, after, result)
      select coalesce(max(id), 0) + 1, ?, ?, ?, ?, ?, ?, ?, ? from audit
      """;

  private final Connection connection;
  private final Queries queries;
  private final long version;

  GovernanceTransaction(Connection connection, Queries queries, long version) {
    this.connection = connection;
    this.queries = queries;
    this.version = version;
  }

  @Override
  public long version() {
    return version;
  }

  @Override
  public Optional<KeyRow> key(String id) throws SQLException {
    return queries
        .rows("select * from keys where id = ?", List.of(id), GovernanceTables::key)
        .stream()
        .findFirst();
  }

  @Override
  public boolean isNameTaken(String name, String except) throws SQLException {
    return isThere(
        "select 1 as number from keys where name = ? and id <> ? and revoked_at is null limit 1",
        name,
        except);
  }

  @Override
  public boolean isHashTaken(KeyHash hash) throws SQLException {
    return isThere(
        "select 1 as number from keys where hash = ? or old_hash = ? limit 1",
        hash.text(),
        hash.text());
  }

  private boolean isThere(String query, String... values) throws SQLException {
    return !queries.rows(query, List.of(values), row -> row.whole("number")).isEmpty();
  }

  @Override
  public Optional<TeamRow> team(String name) throws SQLException {
    return queries
        .rows("select * from teams where name = ?", List.of(name), GovernanceTables::team)
        .stream()
        .findFirst();
  }

  @Override
  public long keysOf(String team) throws SQLException {
    return queries
        .rows(
            "select count(*) as number from keys where team = ? and revoked_at is null",
            List.of(team),
            row -> row.whole("number"))
        .getFirst();
  }

  @Override
  public void putKeys(Collection<KeyRow> keys) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(KEY)) {
      Columns.Writer row = new Columns.Writer(statement, 1);
      for (KeyRow key : keys) {
        KeyHash old = key.secrets().old();
        row.text(key.id())
            .text(key.name())
            .text(key.holder().team())
            .text(key.holder().owner())
            .text(key.rules())
            .text(key.secrets().hash().text())
            .text(old == null ? null : old.text())
            .whole(old == null ? null : (Long) key.secrets().oldUntil())
            .whole(key.life().createdAt())
            .whole(unless(key.life().expiresAt(), Long.MAX_VALUE))
            .flag(key.life().off())
            .whole(unless(key.life().revokedAt(), 0))
            .flag(key.life().cut())
            .whole(version)
            .add();
      }
      statement.executeBatch();
    }
  }

  @Override
  public void putTeams(Collection<TeamRow> teams) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(TEAM)) {
      Columns.Writer row = new Columns.Writer(statement, 1);
      for (TeamRow team : teams) {
        row.text(team.name())
            .text(team.rules())
            .whole(team.createdAt())
            .whole(unless(team.removedAt(), 0))
            .whole(version)
            .add();
      }
      statement.executeBatch();
    }
  }

  private static @Nullable Long unless(long value, long none) {
    return value == none ? null : (Long) value;
  }

  @Override
  public void credit(String id, CreditRow credit, String reason, AuditRow made)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(CREDIT)) {
      String token = made.by().token();
      new Columns.Writer(statement, 1)
          .text(id)
          .text(credit.subject())
          .text(credit.period())
          .whole(credit.nanodollars())
          .text(reason)
          .whole(made.at())
          .text(token == null ? "" : token)
          .whole(version)
          .add();
      statement.executeBatch();
    }
  }

  @Override
  public void audit(AuditRow audit) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(AUDIT)) {
      new Columns.Writer(statement, 1)
          .whole(audit.at())
          .text(audit.by().token())
          .text(audit.by().address())
          .text(audit.action())
          .text(audit.object())
          .text(audit.change().before())
          .text(audit.change().after())
          .text(audit.result())
          .add();
      statement.executeBatch();
    }
  }
}
