package com.langdock.reliability.core.quota;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The limits of one subject and what is used of them. */
final class SubjectState {
  /** So many accounts are kept, so that a clock that is set back finds those it had. */
  private static final int MAX_ACCOUNTS = 64;

  final Subject subject;
  final Slots slots = new Slots();
  final Forecast forecast = new Forecast();
  @Nullable Bucket requests;
  @Nullable Bucket tokens;

  private final Deque<Account> accounts = new ArrayDeque<>(4);
  private SubjectLimits limits = SubjectLimits.NONE;
  private Map<Period, SubjectLimits.PeriodLimits> byPeriod = byPeriod(limits);
  private boolean hasPeriodLimits;
  private boolean hasBudget;
  private boolean showsRates;
  private @Nullable AccountSet current;

  SubjectState(Subject subject) {
    this.subject = subject;
  }

  private static Map<Period, SubjectLimits.PeriodLimits> byPeriod(SubjectLimits limits) {
    Map<Period, SubjectLimits.PeriodLimits> all = new EnumMap<>(Period.class);
    for (Period period : Period.values()) {
      all.put(period, limits.of(period));
    }
    return all;
  }

  SubjectLimits limits() {
    return limits;
  }

  SubjectLimits.PeriodLimits limits(Period period) {
    return Objects.requireNonNull(byPeriod.get(period));
  }

  /** Whether its answers are remembered, to foretell the next. */
  boolean hasForecast() {
    return !subject.isShared() || subject.kind() == Subject.Kind.MODEL;
  }

  /** Whether money is counted. */
  boolean hasBudget() {
    return hasBudget;
  }

  /** Whether clients are told what is left of its rates. */
  boolean showsRates() {
    return showsRates;
  }

  /** Whether it has a budget or a quota. */
  boolean hasPeriodLimits() {
    return hasPeriodLimits;
  }

  /** Changes the limits; what was used stays used. */
  void change(SubjectLimits next, long now) {
    requests = changed(requests, next.rates().requests(), now);
    tokens = changed(tokens, next.rates().tokens(), now);
    limits = next;
    byPeriod = byPeriod(next);
    hasBudget = next.hasBudget();
    showsRates = next.hasRates() && !next.shadow();
    hasPeriodLimits =
        next.periods().values().stream()
            .anyMatch(each -> !each.equals(SubjectLimits.PeriodLimits.NONE));
  }

  private static @Nullable Bucket changed(@Nullable Bucket bucket, @Nullable Rate rate, long now) {
    if (rate == null) {
      return null;
    }
    if (bucket == null) {
      return new Bucket(rate, now);
    }
    if (!bucket.rate().equals(rate)) {
      bucket.change(rate, now);
    }
    return bucket;
  }

  /** Its accounts at {@code dates}. */
  AccountSet on(Period.Dates dates) {
    AccountSet set = current;
    if (set == null || !set.dates.equals(dates)) {
      set = new AccountSet(this, dates);
      current = set;
    }
    return set;
  }

  /** Its account of one period. */
  Account account(Period period, String key) {
    for (Account account : accounts) {
      if (account.period == period && account.key.equals(key)) {
        accounts.remove(account); // The one that was used last is removed last.
        accounts.addLast(account);
        return account;
      }
    }
    if (accounts.size() >= MAX_ACCOUNTS) {
      accounts.removeFirst();
    }
    Account created = new Account(this, period, key);
    accounts.addLast(created);
    return created;
  }

  /** How long its buckets need to be full. */
  UsageTotal.Buckets buckets(long now) {
    if (requests == null && tokens == null) {
      return UsageTotal.Buckets.FULL;
    }
    return new UsageTotal.Buckets(
        requests == null ? 0 : requests.resetNanos(now),
        tokens == null ? 0 : tokens.resetNanos(now));
  }
}
