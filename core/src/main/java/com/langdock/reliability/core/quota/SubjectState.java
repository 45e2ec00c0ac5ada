package com.langdock.reliability.core.quota;

import com.langdock.reliability.core.access.Priority;
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
  final @Nullable SlotPool slotPool;
  final Forecast forecast = new Forecast();
  @Nullable Allowance requests;
  @Nullable Allowance tokens;

  private final Deque<Account> accounts = new ArrayDeque<>(4);
  private SubjectLimits limits = SubjectLimits.NONE;
  private Map<Period, SubjectLimits.PeriodLimits> byPeriod = byPeriod(limits);
  private boolean hasPeriodLimits;
  private boolean hasBudget;
  private boolean showsRates;
  private @Nullable AccountSet current;
  private final @Nullable Sharing sharing;

  /**
   * Nothing limited, and nothing used.
   *
   * @param sharing null where this process shares its limits with no other
   */
  SubjectState(Subject subject, @Nullable Sharing sharing, long now) {
    this.subject = subject;
    this.sharing = sharing;
    this.slotPool = sharing == null ? null : new SlotPool(sharing, subject, slots, now);
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
    requests = changed(requests, LimitKind.REQUESTS_PER_MINUTE, next.rates().requests(), now);
    tokens = changed(tokens, LimitKind.TOKENS_PER_MINUTE, next.rates().tokens(), now);
    if (slotPool != null) {
      slotPool.change(next.rates().concurrent());
    }
    boolean samePeriods = limits.periods().equals(next.periods());
    limits = next;
    byPeriod = byPeriod(next);
    if (!samePeriods) {
      accounts.forEach(Account::forgetCeilings);
    }
    hasBudget = next.hasBudget();
    showsRates = next.hasRates() && !next.shadow();
    hasPeriodLimits =
        next.periods().values().stream()
            .anyMatch(each -> !each.equals(SubjectLimits.PeriodLimits.NONE));
  }

  private @Nullable Allowance changed(
      @Nullable Allowance bucket, LimitKind kind, @Nullable Rate rate, long now) {
    if (rate == null) {
      return null;
    }
    if (bucket == null) {
      return sharing == null
          ? new Bucket(rate, now)
          : new RatePool(sharing, subject, kind, rate, now);
    }
    if (!bucket.rate().equals(rate)) {
      bucket.change(rate, now);
    }
    return bucket;
  }

  /** A request begins. */
  void takeSlot() {
    slots.take();
    if (slotPool != null) {
      slotPool.taken();
    }
  }

  /** A request ends. */
  void freeSlot() {
    slots.free();
    if (slotPool != null) {
      slotPool.freed();
    }
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

  /** What a class of priority must leave free of a rate or of the slots. */
  long kept(LimitKind kind, SharingRules rules, Priority priority) {
    Allowance rate = kind == LimitKind.REQUESTS_PER_MINUTE ? requests : tokens;
    long limit =
        kind == LimitKind.CONCURRENT || rate == null
            ? limits.rates().concurrent()
            : rate.rate().burst();
    return rules.kept(subject, limit, priority);
  }

  /** The pool of a limit that replicas share; null where they do not. */
  @Nullable Pool pool(LimitKind kind) {
    return switch (kind) {
      case REQUESTS_PER_MINUTE -> requests instanceof RatePool pool ? pool : null;
      case TOKENS_PER_MINUTE -> tokens instanceof RatePool pool ? pool : null;
      case CONCURRENT -> slotPool;
      case REQUESTS, TOKENS, BUDGET -> null;
    };
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
