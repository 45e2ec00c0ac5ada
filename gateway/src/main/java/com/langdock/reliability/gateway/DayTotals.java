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
  private final Map<DayRow.Names, Total> totals = new HashMap<>();
  private final Set<DayRow.Names> changed = new LinkedHashSet<>();
  private LocalDate day = LocalDate.EPOCH;

  /** The names of the request before, and their total: most requests have the same. */
  private DayRow.@Nullable Names last;

  private Total lastTotal = new Total();

  /**
   * Nothing added up.
   *
   * @param dayOf the day of a moment in milliseconds since 1970
   */
  DayTotals(LongFunction<LocalDate> dayOf) {
    this.dayOf = dayOf;
  }

  /** What the requests of some names used. */
  private static final class Total {
    private long requests;
    private long input;
    private long cachedInput;
    private long output;
    private long nanodollars;

    void add(RequestRow request) {
      Usage usage = request.cost().usage();
      Long picodollars = request.cost().picodollars();
      requests++;
      input += usage.inputTokens();
      cachedInput += usage.cachedInputTokens();
      output += usage.outputTokens();
      nanodollars += picodollars == null ? 0 : Money.nanodollars(picodollars);
    }

    Sums sums() {
      return new Sums(requests, input, cachedInput, output, nanodollars);
    }
  }

  /** Adds requests; those that were refused count in no report. */
  void add(List<JournalEntry> entries) {
    for (JournalEntry entry : entries) {
      RequestRow request = entry.request();
      if (request.result().outcome() != RequestOutcome.INVALID) {
        add(request);
      }
    }
  }

  private void add(RequestRow request) {
    LocalDate date = dayOf.apply(request.times().startedAt());
    DayRow.Names names = last;
    if (names == null || !date.equals(day) || !isOf(names, request)) {
      names = known(names(date.toString(), request));
      day = date;
      last = names;
      lastTotal = totals.computeIfAbsent(names, created -> new Total());
    }
    lastTotal.add(request);
    changed.add(names);
  }

  private static boolean isOf(DayRow.Names names, RequestRow request) {
    RequestRow.Key key = request.ids().key();
    return names.key().equals(key == null ? "" : key.id())
        && names.team().equals(key == null ? "" : text(key.team()))
        && names.tags().equals(key == null ? "" : text(key.metadata()))
        && names.model().equals(text(request.asked().model()))
        && names.answeredModel().equals(answeredModel(request))
        && names.provider().equals(text(request.provider()))
        && names.client().equals(text(request.ids().client()));
  }

  /** The names under which is counted: not all of them when there are too many. */
  private DayRow.Names known(DayRow.Names exact) {
    if (totals.containsKey(exact) || totals.size() < MOST) {
      return exact;
    }
    // What is written stays in the store; a day that has passed does not change any more.
    totals.keySet().removeIf(names -> !names.day().equals(exact.day()) && !changed.contains(names));
    return totals.size() < MOST ? exact : withoutClient(exact);
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

  private static DayRow.Names names(String day, RequestRow request) {
    RequestRow.Key key = request.ids().key();
    return new DayRow.Names(
        day,
        key == null ? "" : key.id(),
        key == null ? "" : text(key.team()),
        text(request.asked().model()),
        answeredModel(request),
        text(request.provider()),
        text(request.ids().client()),
        key == null ? "" : text(key.metadata()));
  }

  private static String answeredModel(RequestRow request) {
    return request.answeredBy() == null ? "" : request.answeredBy().model();
  }

  private static String text(@Nullable String name) {
    return Objects.requireNonNullElse(name, "");
  }

  /** The rows that changed since they were last taken. */
  List<DayRow> takeChanged() {
    List<DayRow> rows = new ArrayList<>(changed.size());
    for (DayRow.Names names : changed) {
      rows.add(new DayRow(names, Objects.requireNonNull(totals.get(names)).sums()));
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
