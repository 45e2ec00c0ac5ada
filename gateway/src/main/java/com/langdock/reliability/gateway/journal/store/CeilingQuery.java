package com.langdock.reliability.gateway.journal.store;

import com.langdock.reliability.core.quota.CeilingGrant;
import com.langdock.reliability.core.quota.CeilingGrant.Alerts;
import com.langdock.reliability.core.quota.CeilingGrant.Part;
import com.langdock.reliability.core.quota.CeilingWant;
import com.langdock.reliability.core.quota.CeilingWant.Need;
import com.langdock.reliability.core.quota.UsageTotal.Sums;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Grants ceilings in one statement, by the rules of {@link
 * com.langdock.reliability.core.quota.SharedLedger}: what others have written or were promised is
 * summed up from their rows, and the own row gets the new ceiling. All promises end by the
 * database's clock.
 */
final class CeilingQuery {
  private static final String UNITS =
      """
      , free as (
        select w.*, s.others, s.credit, s.alerted, s.own_alerted,
          s.requests, s.input, s.cached_input, s.output, s.spent, s.own_spent,
          greatest(0, w.limit_requests - s.taken_requests - w.used_requests) as free_requests,
          greatest(0, w.limit_tokens - s.taken_tokens - w.used_tokens) as free_tokens,
          greatest(0, least(w.limit_money + s.credit, 9223372036854775807)
            - s.taken_money - w.used_money) as free_money
        from want w join sums s on s.position = w.position
      )
      """;

  /** The values of the parameter {@code kind}: a limit, what is used, demanded, wanted ahead. */
  private static final String KIND =
      """
      , case when limit_%1$s = 9223372036854775807 then 0
          else least(free_%1$s, greatest(demand_%1$s,
            least(ahead_%1$s, div(free_%1$s, 4 * (others + 1))))) end as grant_%1$s
      """;

  private static final String DRAW =
      """
      with clock as materialized (
        select (extract(epoch from clock_timestamp()) * 1000)::bigint as now, cast(? as text) as me
      ), want as materialized (
        select * from unnest(cast(? as text[]), cast(? as text[]), cast(? as text[]),
          cast(? as bigint[]), cast(? as bigint[]), cast(? as bigint[]), cast(? as bigint[]),
          cast(? as bigint[]), cast(? as bigint[]), cast(? as bigint[]), cast(? as bigint[]),
          cast(? as bigint[]), cast(? as bigint[]), cast(? as bigint[]), cast(? as bigint[]))
        with ordinality as w(subject, period, alert_at,
          limit_requests, used_requests, demand_requests, ahead_requests,
          limit_tokens, used_tokens, demand_tokens, ahead_tokens,
          limit_money, used_money, demand_money, ahead_money, position)
      ), sums as materialized (
        select w.position,
          coalesce(sum(u.requests) filter (where u.replica <> c.me), 0) as requests,
          coalesce(sum(u.input) filter (where u.replica <> c.me), 0) as input,
          coalesce(sum(u.cached_input) filter (where u.replica <> c.me), 0) as cached_input,
          coalesce(sum(u.output) filter (where u.replica <> c.me), 0) as output,
          coalesce(sum(u.spent) filter (where u.replica <> c.me), 0) as spent,
          coalesce(sum(u.spent) filter (where u.replica = c.me), 0) as own_spent,
          coalesce(sum(case when u.alive_until > c.now
            then greatest(u.ceiling_requests, u.requests) else u.requests end)
            filter (where u.replica <> c.me), 0) as taken_requests,
          coalesce(sum(case when u.alive_until > c.now
            then greatest(u.ceiling_tokens, u.input + u.output) else u.input + u.output end)
            filter (where u.replica <> c.me), 0) as taken_tokens,
          coalesce(sum(case when u.alive_until > c.now
            then greatest(u.ceiling, u.spent) else u.spent end)
            filter (where u.replica <> c.me), 0) as taken_money,
          count(*) filter (where u.replica <> c.me and u.alive_until > c.now) as others,
          coalesce(max(u.alerted), 0) as alerted,
          coalesce(max(u.alerted) filter (where u.replica = c.me), 0) as own_alerted,
          coalesce((select sum(nanodollars) from credits r
            where r.subject = w.subject and r.period = w.period), 0) as credit
        from want w cross join clock c
        left join usage u on u.subject = w.subject and u.period = w.period
        group by w.position, w.subject, w.period
      )
      """
          + UNITS
          + """
          , granted as materialized (
            select f.*, greatest(f.alerted,
              case when f.limit_money = 9223372036854775807 then 0 else
              coalesce((select max(at::int) from unnest(string_to_array(f.alert_at, ',')) at
                where f.spent + f.own_spent
                  >= div(least(f.limit_money + f.credit, 9223372036854775807), 1000) * at::int
                    + div(mod(least(f.limit_money + f.credit, 9223372036854775807), 1000)
                      * at::int, 1000)),
                0) end) as reached
          """
          + KIND.formatted("requests")
          + KIND.formatted("tokens")
          + KIND.formatted("money")
          + """
            from free f
          ), written as (
            insert into usage (subject, period, replica, requests, input, cached_input, output,
              spent, alerted, full_requests, full_tokens, ceiling_requests, ceiling_tokens, ceiling,
              alive_until)
            select subject, period, c.me, 0, 0, 0, 0, 0,
              case when reached > alerted then reached else 0 end, 0, 0,
              least(used_requests + grant_requests, 9223372036854775807),
              least(used_tokens + grant_tokens, 9223372036854775807),
              least(used_money + grant_money, 9223372036854775807),
              c.now + cast(? as bigint)
            from granted cross join clock c order by position
            on conflict (subject, period, replica) do update set
              alerted = greatest(usage.alerted, excluded.alerted),
              ceiling_requests = excluded.ceiling_requests,
              ceiling_tokens = excluded.ceiling_tokens,
              ceiling = excluded.ceiling,
              alive_until = excluded.alive_until
          )
          select position, alerted, own_alerted, reached, c.now,
            grant_requests::bigint, grant_tokens::bigint, grant_money::bigint,
            coalesce(free_requests - grant_requests, 0)::bigint as free_requests,
            coalesce(free_tokens - grant_tokens, 0)::bigint as free_tokens,
            coalesce(free_money - grant_money, 0)::bigint as free_money,
            requests::bigint, input::bigint, cached_input::bigint, output::bigint, spent::bigint,
            credit::bigint
          from granted cross join clock c order by position
          """;

  private final Connection connection;

  /** Works within the transaction of {@code connection}, which holds the subjects' locks. */
  CeilingQuery(Connection connection) {
    this.connection = connection;
  }

  /** What was granted, and the database's clock in milliseconds since 1970. */
  record Answer(List<CeilingGrant> grants, long now) {}

  /** Grants {@code wants}, which are in the order of their keys. */
  Answer draw(String replica, List<CeilingWant> wants, long leaseMillis) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(DRAW)) {
      statement.setString(1, replica);
      texts(statement, 2, wants.stream().map(want -> want.subject().toString()).toList());
      texts(statement, 3, wants.stream().map(CeilingWant::key).toList());
      texts(statement, 4, wants.stream().map(CeilingQuery::alertAt).toList());
      int next = needs(statement, 5, wants.stream().map(CeilingWant::requests).toList());
      next = needs(statement, next, wants.stream().map(CeilingWant::tokens).toList());
      next = needs(statement, next, wants.stream().map(CeilingWant::money).toList());
      statement.setLong(next, leaseMillis);
      List<CeilingGrant> grants = new ArrayList<>(wants.size());
      long now = 0;
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          now = row.getLong("now");
          grants.add(grant(wants.get(grants.size()), row));
        }
      }
      return new Answer(grants, now);
    }
  }

  private static String alertAt(CeilingWant want) {
    return String.join(",", want.alertAt().stream().map(String::valueOf).toList());
  }

  private void texts(PreparedStatement statement, int index, List<String> values)
      throws SQLException {
    statement.setArray(index, connection.createArrayOf("text", values.toArray()));
  }

  private int needs(PreparedStatement statement, int first, List<Need> needs) throws SQLException {
    longs(statement, first, needs, Need::limit);
    longs(statement, first + 1, needs, Need::used);
    longs(statement, first + 2, needs, Need::demand);
    longs(statement, first + 3, needs, Need::ahead);
    return first + 4;
  }

  private void longs(
      PreparedStatement statement, int index, List<Need> needs, ToLongFunction<Need> value)
      throws SQLException {
    Object[] values = needs.stream().map(value::applyAsLong).toArray();
    statement.setArray(index, connection.createArrayOf("bigint", values));
  }

  private static CeilingGrant grant(CeilingWant want, ResultSet row) throws SQLException {
    return new CeilingGrant(
        want,
        part(want.requests(), "requests", row),
        part(want.tokens(), "tokens", row),
        part(want.money(), "money", row),
        new Sums(
            row.getLong("requests"),
            row.getLong("input"),
            row.getLong("cached_input"),
            row.getLong("output"),
            row.getLong("spent")),
        row.getLong("credit"),
        new Alerts(row.getInt("own_alerted"), row.getInt("alerted"), row.getInt("reached")));
  }

  private static Part part(Need need, String unit, ResultSet row) throws SQLException {
    return need.isLimited()
        ? new Part(row.getLong("grant_" + unit), row.getLong("free_" + unit))
        : Part.NONE;
  }
}
