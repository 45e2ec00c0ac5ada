package com.langdock.reliability.gateway.config.access;

import com.langdock.reliability.core.quota.Period;
import com.langdock.reliability.core.quota.Rate;
import com.langdock.reliability.core.quota.SharingRules;
import com.langdock.reliability.core.quota.SubjectLimits;
import com.langdock.reliability.core.quota.SubjectLimits.PeriodLimits;
import com.langdock.reliability.core.quota.SubjectLimits.Rates;
import com.langdock.reliability.yaml.Item;
import com.langdock.reliability.yaml.Section;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the limits of one subject, the same for every kind of subject: {@code limits}, {@code
 * quota}, {@code budget}, {@code alert_at} and {@code shadow}.
 */
final class SubjectLimitsReader {
  private static final long MOST_CONCURRENT = 1_000_000;
  private static final long MOST_IN_PERIOD = 1_000_000_000_000_000L;
  private static final BigDecimal MOST_DOLLARS = BigDecimal.valueOf(9_000_000_000L);
  private static final int NANO_DIGITS = 9;
  private static final List<Integer> ALERTS = List.of(500, 800, 1_000);

  private SubjectLimitsReader() {}

  /** The limits of a key or a team, whose rates are a section {@code limits}. */
  static SubjectLimits read(Section subject) {
    return read(subject, subject.section("limits", SubjectLimitsReader::rates));
  }

  /** The limits of a section below {@code limits}, where the rates stand directly. */
  static SubjectLimits readDirect(Section subject) {
    return read(subject, rates(subject));
  }

  private static SubjectLimits read(Section subject, Rates rates) {
    Map<Period, PeriodLimits> periods = new EnumMap<>(Period.class);
    Map<Period, Quota> quotas = subject.section("quota", SubjectLimitsReader::quotas);
    Map<Period, Long> budgets = subject.section("budget", SubjectLimitsReader::budgets);
    for (Period period : Period.values()) {
      Quota quota = quotas.getOrDefault(period, Quota.NONE);
      long budget = budgets.getOrDefault(period, SubjectLimits.UNLIMITED);
      PeriodLimits limits = new PeriodLimits(quota.requests(), quota.tokens(), budget);
      if (!limits.equals(PeriodLimits.NONE)) {
        periods.put(period, limits);
      }
    }
    boolean shadow = subject.value("shadow").flag(false);
    List<Integer> alertAt = alertAt(subject);
    return new SubjectLimits(rates, periods, budgets.isEmpty() ? List.of() : alertAt, shadow);
  }

  private record Quota(long requests, long tokens) {
    static final Quota NONE = new Quota(SubjectLimits.UNLIMITED, SubjectLimits.UNLIMITED);

    static Quota from(Section section) {
      return new Quota(
          section.value("requests").whole(0, MOST_IN_PERIOD).orElse(SubjectLimits.UNLIMITED),
          section.value("tokens").whole(0, MOST_IN_PERIOD).orElse(SubjectLimits.UNLIMITED));
    }
  }

  private static Rates rates(Section section) {
    return new Rates(
        rate(section, "requests_per_minute"),
        rate(section, "tokens_per_minute"),
        section.value("concurrent").whole(1, MOST_CONCURRENT).orElse(SubjectLimits.UNLIMITED));
  }

  private static @Nullable Rate rate(Section section, String key) {
    if (!section.value(key).isSection()) {
      return section.value(key).whole(1, Rate.MAX).map(Rate::perMinute).orElse(null);
    }
    return section.section(key, SubjectLimitsReader::longRate).orElse(null);
  }

  private static Optional<Rate> longRate(Section section) {
    Optional<Long> perMinute = section.value("per_minute").whole(1, Rate.MAX);
    if (perMinute.isEmpty()) {
      if (!section.has("per_minute")) {
        section.place("per_minute").reject("is required");
      }
      section.has("burst");
      return Optional.empty();
    }
    long most = perMinute.get() * Rate.MAX_MINUTES;
    long burst = section.value("burst").whole(1, most).orElse(perMinute.get());
    return Optional.of(new Rate(perMinute.get(), burst));
  }

  private static Map<Period, Quota> quotas(Section section) {
    Map<Period, Quota> quotas = new EnumMap<>(Period.class);
    for (Period period : Period.values()) {
      if (section.has(period.word())) {
        quotas.put(period, section.section(period.word(), Quota::from));
      }
    }
    return quotas;
  }

  private static Map<Period, Long> budgets(Section section) {
    Map<Period, Long> budgets = new EnumMap<>(Period.class);
    for (Period period : Period.values()) {
      section
          .value(period.word())
          .text()
          .flatMap(text -> nanodollars(section, period.word(), text))
          .ifPresent(amount -> budgets.put(period, amount));
    }
    return budgets;
  }

  /** An amount of US dollars, in nanodollars; empty where it is none, which is rejected. */
  static Optional<Long> nanodollars(Section section, String key, String text) {
    try {
      BigDecimal dollars = new BigDecimal(text);
      if (dollars.signum() >= 0
          && dollars.compareTo(MOST_DOLLARS) <= 0
          && dollars.stripTrailingZeros().scale() <= NANO_DIGITS) {
        return Optional.of(dollars.movePointRight(NANO_DIGITS).longValueExact());
      }
    } catch (NumberFormatException notOne) {
      // Rejected as any other value.
    }
    section
        .place(key)
        .reject("must be US dollars from 0 to 9000000000 with at most 9 decimal places");
    return Optional.empty();
  }

  private static List<Integer> alertAt(Section section) {
    if (!section.has("alert_at")) {
      return ALERTS;
    }
    List<Integer> parts = new ArrayList<>();
    for (Item item : section.texts("alert_at")) {
      int thousandths = thousandths(item.value());
      if (thousandths < 0) {
        item.place().reject("must be a part of the budget, more than 0 and at most 1");
      } else {
        parts.add(thousandths);
      }
    }
    return parts;
  }

  private static int thousandths(String text) {
    try {
      int part = (int) Math.round(Double.parseDouble(text) * SharingRules.WHOLE);
      return part > 0 && part <= SharingRules.WHOLE ? part : -1;
    } catch (NumberFormatException notOne) {
      return -1;
    }
  }
}
