package com.langdock.reliability.gateway.journal.store;

import com.langdock.reliability.core.access.ClientKey;
import com.langdock.reliability.core.access.KeyHash;
import com.langdock.reliability.gateway.keys.store.AuditRow;
import com.langdock.reliability.gateway.keys.store.CreditRow;
import com.langdock.reliability.gateway.keys.store.GovernanceRows;
import com.langdock.reliability.gateway.keys.store.GovernanceStore;
import com.langdock.reliability.gateway.keys.store.KeyRow;
import com.langdock.reliability.gateway.keys.store.TeamRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The tables of keys, teams and credits.
 *
 * <p>Every writer first takes the row of {@code governance} and raises its version. So changes come
 * one after the other, and whoever sees a version sees every change up to it: a sequence would not
 * do, since a lower number can be committed later and is then missed for ever.
 */
final class GovernanceTables implements GovernanceStore {
  private static final String VERSION = "select version as number from governance where id = 1";
  private static final String NEXT =
      "update governance set version = version + 1 where id = 1 returning version";
  private static final String CREDITS =
      """
      select subject, period, cast(sum(nanodollars) as bigint) as nanodollars from credits c
      where exists (select 1 from credits n
        where n.version > ? and n.subject = c.subject and n.period = c.period)
      group by subject, period
      """;

  private static final String SEEN =
      """
      insert into replicas (id, host, seen_version, seen_at, started_at) values (?, ?, ?, ?, ?)
      on conflict (id) do update set
        host = excluded.host, seen_version = excluded.seen_version, seen_at = excluded.seen_at
      """;
  private static final String LAGGING =
      """
      select id, host, seen_version from replicas
      where host <> '' and ended = 0 and id <> ? and seen_version < ?
        and seen_at > (extract(epoch from clock_timestamp()) * 1000)::bigint - ?
      order by host, id limit 100
      """;
  private static final List<String> OLD =
      List.of("delete from audit where at < ?", "delete from keys where revoked_at < ?");

  private final Database database;

  GovernanceTables(Database database) {
    this.database = database;
  }

  @Override
  public long version() throws SQLException {
    return database.read(ReadLimit.READ, queries -> queries.number(VERSION));
  }

  @Override
  public GovernanceRows since(long version) throws SQLException {
    return database.read(
        ReadLimit.ALL,
        queries -> {
          long upTo = queries.number(VERSION); // First: what is committed later is read again.
          List<Long> after = List.of(version);
          return new GovernanceRows(
              upTo,
              queries.rows("select * from keys where version > ?", after, GovernanceTables::key),
              queries.rows("select * from teams where version > ?", after, GovernanceTables::team),
              queries.rows(CREDITS, after, GovernanceTables::credit));
        });
  }

  @Override
  public <T> T change(Change<T> change) throws SQLException {
    AtomicReference<@Nullable T> made = new AtomicReference<>();
    database.changeDurably((connection, queries) ->
        made.set(change.make(new GovernanceTransaction(connection, queries, next(connection)))));
    return Objects.requireNonNull(made.get());
  }

  private static long next(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(NEXT)) {
      if (!row.next()) {
        throw new SQLException("the table governance has no row");
      }
      return row.getLong(1);
    }
  }

  @Override
  public List<AuditRow> audit(long before, int most) throws SQLException {
    return database.read(
        ReadLimit.READ,
        queries ->
            queries.rows(
                "select * from audit where id < ? order by id desc limit ?",
                List.of(before, most),
                GovernanceTables::audit));
  }

  @Override
  public void seen(String replica, String host, long version) throws SQLException {
    if (!database.isShared()) {
      return;
    }
    database.changeDurably((connection, queries) -> {
      long now = database.now(connection);
      try (PreparedStatement statement = connection.prepareStatement(SEEN)) {
        new Columns.Writer(statement, 1)
            .text(replica)
            .text(host)
            .whole(version)
            .whole(now)
            .whole(now)
            .add();
        statement.executeBatch();
      }
    });
  }

  @Override
  public List<Lagging> lagging(String except, long version, long liveMillis) throws SQLException {
    if (!database.isShared()) {
      return List.of();
    }
    return database.read(
        ReadLimit.READ,
        queries ->
            queries.rows(
                LAGGING,
                List.of(except, version, liveMillis),
                row -> new Lagging(row.text("id"), row.text("host"), row.whole("seen_version"))));
  }

  /** Removes records of changes, and keys that were revoked, before {@code day}. */
  static void removeBefore(LocalDate day, Connection connection) throws SQLException {
    long millis = day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    for (String sql : OLD) {
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        statement.setLong(1, millis);
        statement.executeUpdate();
      }
    }
  }

  static KeyRow key(Columns.Reader row) throws SQLException {
    String old = row.textOrNull("old_hash");
    Long expires = row.wholeOrNull("expires_at");
    return new KeyRow(
        row.text("id"),
        row.text("name"),
        new KeyRow.Holder(row.textOrNull("team"), row.textOrNull("owner")),
        row.text("rules"),
        new KeyRow.Secrets(
            hash(row.text("hash")), old == null ? null : hash(old), row.whole("old_until")),
        new KeyRow.Life(
            row.whole("created_at"),
            expires == null ? ClientKey.NEVER : expires,
            row.flag("is_off"),
            row.whole("revoked_at"),
            row.flag("cut")),
        row.whole("version"));
  }

  private static KeyHash hash(String text) throws SQLException {
    return KeyHash.parse(text).orElseThrow(() -> new SQLException("a key's hash is malformed"));
  }

  static TeamRow team(Columns.Reader row) throws SQLException {
    return new TeamRow(
        row.text("name"),
        row.text("rules"),
        row.whole("created_at"),
        row.whole("removed_at"),
        row.whole("version"));
  }

  private static CreditRow credit(Columns.Reader row) throws SQLException {
    return new CreditRow(row.text("subject"), row.text("period"), row.whole("nanodollars"));
  }

  private static AuditRow audit(Columns.Reader row) throws SQLException {
    return new AuditRow(
        row.whole("id"),
        row.whole("at"),
        new AuditRow.By(row.textOrNull("token"), row.text("address")),
        row.text("action"),
        row.text("object"),
        new AuditRow.Change(row.textOrNull("before"), row.textOrNull("after")),
        row.text("result"));
  }
}
