package com.langdock.reliability.core.quota;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Locale;

/** How long usage is added up. */
public enum Period {
  /** A calendar day. */
  DAY,
  /** A calendar month. */
  MONTH,
  /** For ever. */
  TOTAL;

  /** The key of the period that {@code today} lies in: a date, a month, or {@code total}. */
  public String key(Dates today) {
    return switch (this) {
      case DAY -> today.day().toString();
      case MONTH -> today.month().toString();
      case TOTAL -> "total";
    };
  }

  /** The kind of period whose key is {@code key}. */
  public static Period of(String key) {
    if (key.equals("total")) {
      return TOTAL;
    }
    return key.length() == "2026-11".length() ? MONTH : DAY;
  }

  /** The word in configuration, messages and reports. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The day and the month that a request is admitted in, in the configured time zone. */
  public record Dates(LocalDate day, YearMonth month) {
    /** The dates of {@code day}. */
    public static Dates of(LocalDate day) {
      return new Dates(day, YearMonth.from(day));
    }
  }
}
