package com.langdock.reliability.gateway.management;

import com.langdock.reliability.core.domain.Labels;
import com.langdock.reliability.gateway.journal.store.UsageQuery;
import com.langdock.reliability.gateway.journal.store.UsageQuery.By;
import io.vertx.core.MultiMap;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parameters of {@code GET /api/usage}. */
sealed interface UsageRequest {
  /** So many rows are shown. */
  int MOST = 10_000;

  /**
   * A report.
   *
   * @param csv whether it is shown as comma-separated values
   */
  record Wanted(UsageQuery query, boolean csv) implements UsageRequest {}

  /** The parameters are wrong. */
  record Wrong(String message) implements UsageRequest {}

  /** Reads the parameters; reports end with {@code today} by default and begin with its month. */
  static UsageRequest of(MultiMap parameters, LocalDate today) {
    Map<String, By> names = new LinkedHashMap<>();
    for (By by : By.values()) {
      names.put(Labels.of(by), by);
    }
    List<By> groups = new ArrayList<>();
    String wanted = parameters.get("by");
    for (String name : (wanted == null ? "day" : wanted).split(",", -1)) {
      By by = names.get(name);
      if (by == null || groups.contains(by)) {
        return new Wrong("by must be some of " + String.join(", ", names.keySet()));
      }
      groups.add(by);
    }
    LocalDate from = day(parameters.get("from"), today.withDayOfMonth(1));
    LocalDate to = day(parameters.get("to"), today);
    if (from == null || to == null) {
      return new Wrong("from and to must be days such as 2027-01-31, or RFC 3339 moments");
    }
    String format = parameters.get("format");
    if (format != null && !format.equals("csv") && !format.equals("json")) {
      return new Wrong("format must be csv or json");
    }
    return new Wanted(
        new UsageQuery(groups, from.toString(), to.toString(), MOST), "csv".equals(format));
  }

  private static @Nullable LocalDate day(@Nullable String text, LocalDate standard) {
    try {
      if (text == null) {
        return standard;
      }
      return text.contains("T") ? OffsetDateTime.parse(text).toLocalDate() : LocalDate.parse(text);
    } catch (DateTimeException notOne) {
      return null;
    }
  }
}
