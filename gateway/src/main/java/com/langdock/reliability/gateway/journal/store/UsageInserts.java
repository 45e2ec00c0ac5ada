package com.langdock.reliability.gateway.journal.store;

import com.langdock.reliability.core.quota.UsageTotal.Sums;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Writes totals over those of the same process: written twice they are the same. */
final class UsageInserts {
  private static final String TOTAL =
      """
      insert into usage (subject, period, replica, requests, input, cached_input, output, spent,
        alerted, full_requests, full_tokens)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      on conflict (subject, period, replica) do update set
        requests = excluded.requests, input = excluded.input,
        cached_input = excluded.cached_input, output = excluded.output, spent = excluded.spent,
        alerted =
          case when excluded.alerted > usage.alerted then excluded.alerted else usage.alerted end,
        full_requests = excluded.full_requests,
        full_tokens = excluded.full_tokens
      """;
  private static final String DAY =
      """
      insert into usage_days (day, replica, key_id, team, model, answered_model, provider,
        client_id, tags, requests, input, cached_input, output, spent)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      on conflict (day, replica, key_id, team, model, answered_model, provider, client_id, tags)
      do update set
        requests = excluded.requests, input = excluded.input,
        cached_input = excluded.cached_input, output = excluded.output, spent = excluded.spent
      """;

  private UsageInserts() {}

  static void write(UsagePart usage, Connection connection) throws SQLException {
    if (!usage.totals().isEmpty()) {
      try (PreparedStatement statement = connection.prepareStatement(TOTAL)) {
        Columns.Writer row = new Columns.Writer(statement, 1);
        for (UsageRow total : usage.totals().stream().sorted().toList()) {
          row.text(total.subject()).text(total.period()).text(usage.replica());
          sums(total.sums(), row);
          row.whole(total.alerted()).whole(total.fullRequests()).whole(total.fullTokens()).add();
        }
        statement.executeBatch();
      }
    }
    if (!usage.days().isEmpty()) {
      try (PreparedStatement statement = connection.prepareStatement(DAY)) {
        Columns.Writer row = new Columns.Writer(statement, 1);
        for (DayRow day : usage.days()) {
          names(day.names(), usage.replica(), row);
          sums(day.sums(), row);
          row.add();
        }
        statement.executeBatch();
      }
    }
  }

  private static void names(DayRow.Names names, String replica, Columns.Writer row)
      throws SQLException {
    row.text(names.day())
        .text(replica)
        .text(names.key())
        .text(names.team())
        .text(names.model())
        .text(names.answeredModel())
        .text(names.provider())
        .text(names.client())
        .text(names.tags());
  }

  private static void sums(Sums sums, Columns.Writer row) throws SQLException {
    row.whole(sums.requests())
        .whole(sums.inputTokens())
        .whole(sums.cachedInputTokens())
        .whole(sums.outputTokens())
        .whole(sums.nanodollars());
  }
}
