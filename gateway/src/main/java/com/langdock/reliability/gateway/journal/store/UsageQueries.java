package com.langdock.reliability.gateway.journal.store;

import com.langdock.reliability.core.quota.UsageTotal.Sums;
import com.langdock.reliability.gateway.journal.store.UsageQuery.By;
import com.langdock.reliability.gateway.keys.store.CreditRow;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** Adds up what all processes wrote of usage. */
final class UsageQueries {
  private static final String SUMS =
      """
      cast(sum(requests) as bigint) as requests, cast(sum(input) as bigint) as input,
      cast(sum(cached_input) as bigint) as cached_input, cast(sum(output) as bigint) as output,
      cast(sum(spent) as bigint) as spent\
      """;

  private UsageQueries() {}

  /** The totals of {@code periods}, of all processes together. */
  static List<UsageRow> totals(List<String> periods, Queries queries) throws SQLException {
    return queries.rows(
        """
        select subject, period, %s, max(alerted) as alerted,
          max(full_requests) as full_requests, max(full_tokens) as full_tokens
        from usage where period in (%s) group by subject, period
        """
            .formatted(SUMS, parameters(periods)),
        periods,
        row ->
            new UsageRow(
                row.text("subject"),
                row.text("period"),
                sums(row),
                row.small("alerted"),
                row.whole("full_requests"),
                row.whole("full_tokens")));
  }

  /** The credits of {@code periods}. */
  static List<CreditRow> credits(List<String> periods, Queries queries) throws SQLException {
    return queries.rows(
        """
        select subject, period, cast(sum(nanodollars) as bigint) as nanodollars
        from credits where period in (%s) group by subject, period
        """
            .formatted(parameters(periods)),
        periods,
        row -> new CreditRow(row.text("subject"), row.text("period"), row.whole("nanodollars")));
  }

  /** The rows of a report; texts that are not grouped by are empty. */
  static List<DayRow> days(UsageQuery query, Queries queries) throws SQLException {
    String columns = query.by().stream().map(By::column).collect(Collectors.joining(", "));
    List<Object> values = new ArrayList<>(List.of(query.from(), query.to(), query.most()));
    return queries.rows(
        """
        select %s%s from usage_days where day between ? and ? %s
        limit ?
        """
            .formatted(
                columns.isEmpty() ? "" : columns + ", ",
                SUMS,
                columns.isEmpty()
                    ? "having count(*) > 0"
                    : "group by " + columns + " order by " + columns),
        values,
        row -> new DayRow(names(query, row), sums(row)));
  }

  private static DayRow.Names names(UsageQuery query, Columns.Reader row) throws SQLException {
    return new DayRow.Names(
        name(By.DAY, query, row),
        name(By.KEY, query, row),
        name(By.TEAM, query, row),
        name(By.MODEL, query, row),
        name(By.ANSWERED_MODEL, query, row),
        name(By.PROVIDER, query, row),
        name(By.CLIENT_ID, query, row),
        name(By.TAG, query, row));
  }

  private static String name(By by, UsageQuery query, Columns.Reader row) throws SQLException {
    return query.by().contains(by) ? row.text(by.column()) : "";
  }

  private static Sums sums(Columns.Reader row) throws SQLException {
    return new Sums(
        row.whole("requests"),
        row.whole("input"),
        row.whole("cached_input"),
        row.whole("output"),
        row.whole("spent"));
  }

  private static String parameters(List<String> values) {
    return String.join(", ", Collections.nCopies(values.size(), "?"));
  }
}
