package com.langdock.reliability.gateway.limits;

import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.core.quota.Period;
import com.langdock.reliability.core.quota.Period.Dates;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** Tells the day and the month by the wall clock. Thread-safe. */
final class Calendar {
  private final Ticker ticker;
  private volatile Day day;

  /** A moment of the store's clock, which all processes follow; null while there is none. */
  private volatile @Nullable Moment store;

  /** A moment on the wall clock, and on the monotonic one. */
  private record Moment(long unixMillis, long nanos) {}

  /** A day in a zone, from its first millisecond to that of the next. */
  private record Day(ZoneId zone, Dates dates, long from, long until) {
    static Day at(long unixMillis, ZoneId zone) {
      LocalDate date = LocalDate.ofInstant(Instant.ofEpochMilli(unixMillis), zone);
      return new Day(
          zone,
          Dates.of(date),
          date.atStartOfDay(zone).toInstant().toEpochMilli(),
          date.plusDays(1).atStartOfDay(zone).toInstant().toEpochMilli());
    }
  }

  Calendar(Ticker ticker, ZoneId zone) {
    this.ticker = ticker;
    this.day = Day.at(ticker.unixMillis(), zone);
  }

  /** Days begin in {@code zone} from now on. */
  void zone(ZoneId zone) {
    day = Day.at(now(), zone);
  }

  /** Days begin by another clock, which showed {@code unixMillis} at {@code nanos}. */
  void follow(long unixMillis, long nanos) {
    store = new Moment(unixMillis, nanos);
  }

  private long now() {
    Moment moment = store;
    return moment == null
        ? ticker.unixMillis()
        : moment.unixMillis + (ticker.nanos() - moment.nanos) / 1_000_000;
  }

  /** Today. */
  Dates today() {
    long now = now();
    Day known = day;
    if (now < known.from || now >= known.until) {
      known = Day.at(now, known.zone);
      day = known;
    }
    return known.dates;
  }

  /** The day of a moment. */
  LocalDate dayOf(long unixMillis) {
    Day known = day;
    return unixMillis >= known.from && unixMillis < known.until
        ? known.dates.day()
        : LocalDate.ofInstant(Instant.ofEpochMilli(unixMillis), known.zone);
  }

  /** Nanoseconds until the current period ends; for ever for all time. */
  long untilEndNanos(Period period) {
    long now = now();
    Day known = Day.at(now, day.zone);
    long end =
        switch (period) {
          case DAY -> known.until;
          case MONTH ->
              known
                  .dates
                  .month()
                  .plusMonths(1)
                  .atDay(1)
                  .atStartOfDay(known.zone)
                  .toInstant()
                  .toEpochMilli();
          case TOTAL -> Long.MAX_VALUE;
        };
    return end == Long.MAX_VALUE ? Long.MAX_VALUE : (end - now) * 1_000_000;
  }
}
