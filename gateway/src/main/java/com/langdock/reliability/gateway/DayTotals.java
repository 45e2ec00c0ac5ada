package com.langdock.reliability.gateway;

import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.core.quota.UsageTotal.Sums;
import com.langdock.reliability.gateway.journal.store.DayRow;
import com.langdock.reliability.gateway.journal.store.JournalEntry;
import com.langdock.reliability.gateway.journal.store.RequestOutcome;
import com.langdock.reliability.gateway.journal.store.RequestRow;
import com.langdock.reliability.gateway.limits.Money;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Adds up the requests of each day for reports, by all names that a report is grouped by. Lives on
 * the journal's writing thread.
 */
final class DayTotals {
  /** So many combinations are told apart; beyond, the clients' names for themselves are not. */
  private static final int MOST = 50_000;

  private static final String OTHERS = "(others)";

  private final LongFunction<LocalDate> dayOf;
  private final Map<DayRow.Names, Sums> totals = new HashMap<>();
  private final Set<DayRow.Names> changed = new LinkedHashSet<>();
  private @Nullable LocalDate lastDay;
  private String lastDayText = "";

  /**
   * Nothing added up.
   *
   * @param dayOf the day of a moment in milliseconds since 1970
   */
  DayTotals(LongFunction<LocalDate> dayOf) {
    this.dayOf = dayOf;
  }

  /** Adds requests; those that were refused count in no report. */
  void add(List<JournalEntry> entries) {
    for (JournalEntry entry : entries) {
      RequestRow request = entry.request();
      if (request.result().outcome() != RequestOutcome.INVALID) {
        add(names(request), sums(request));
      }
    }
  }

  private void add(DayRow.Names exact, Sums more) {
    DayRow.Names names = exact;
    if (!totals.containsKey(exact) && totals.size() >= MOST) {
      forgetOtherDays(exact.day());
      names = totals.size() >= MOST ? withoutClient(exact) : exact;
    }
    totals.merge(names, more, Sums::plus);
    changed.add(names);
  }

  /** What is written stays in the store; a day that has passed does not change any more. */
  private void forgetOtherDays(String day) {
    totals.keySet().removeIf(names -> !names.day().equals(day) && !changed.contains(names));
  }

  private static DayRow.Names withoutClient(DayRow.Names names) {
    return new DayRow.Names(
        names.day(),
        names.key(),
        names.team(),
        names.model(),
        names.answeredModel(),
        names.provider(),
        OTHERS,
        names.tags());
  }

  private DayRow.Names names(RequestRow request) {
    RequestRow.Key key = request.ids().key();
    return new DayRow.Names(
        day(request.times().startedAt()),
        key == null ? "" : key.id(),
        key == null ? "" : text(key.team()),
        text(request.asked().model()),
        request.answeredBy() == null ? "" : request.answeredBy().model(),
        text(request.provider()),
        text(request.ids().client()),
        key == null ? "" : text(key.metadata()));
  }

  /** The text of a day, which is mostly that of the request before. */
  private String day(long unixMillis) {
    LocalDate date = dayOf.apply(unixMillis);
    if (!date.equals(lastDay)) {
      lastDay = date;
      lastDayText = date.toString();
    }
    return lastDayText;
  }

  private static String text(@Nullable String name) {
    return Objects.requireNonNullElse(name, "");
  }

  private static Sums sums(RequestRow request) {
    Usage usage = request.cost().usage();
    Long picodollars = request.cost().picodollars();
    return new Sums(
        1,
        usage.inputTokens(),
        usage.cachedInputTokens(),
        usage.outputTokens(),
        picodollars == null ? 0 : Money.nanodollars(picodollars));
  }

  /** The rows that changed since they were last taken. */
  List<DayRow> takeChanged() {
    List<DayRow> rows = new ArrayList<>(changed.size());
    for (DayRow.Names names : changed) {
      rows.add(new DayRow(names, Objects.requireNonNull(totals.get(names))));
    }
    changed.clear();
    rows.sort((a, b) -> a.names().compareTo(b.names()));
    return rows;
  }

  /** Rows that were taken were not written. */
  void putBack(List<DayRow> rows) {
    rows.forEach(row -> changed.add(row.names()));
  }
}
