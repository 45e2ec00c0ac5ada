package com.langdock.reliability.core.quota;

import com.langdock.reliability.core.domain.Usage;
import org.jspecify.annotations.Nullable;

/** The usage of one subject in one period. */
final class Account {
  final SubjectState state;
  final Period period;
  final String key;
  final Ledger requests = new Ledger();
  final Ledger tokens = new Ledger();
  final Ledger money = new Ledger();

  private UsageTotal.Sums before = UsageTotal.Sums.NONE;
  private long input;
  private long cachedInput;
  private long output;

  /** What was added to the limit of this period. */
  long credit;

  /** The highest part of the budget that was reported, in thousandths. */
  int alerted;

  /** What this process may use of it; null until it is asked for, and where nobody shares it. */
  @Nullable AccountCeilings ceilings;

  /** Whether it changed since its total was taken. */
  boolean changed;

  Account(SubjectState state, Period period, String key) {
    this.state = state;
    this.period = period;
    this.key = key;
  }

  /** What earlier processes used. */
  void before(UsageTotal.Sums sums) {
    before = sums;
    requests.before(sums.requests());
    tokens.before(Ledger.plus(sums.inputTokens(), sums.outputTokens()));
    money.before(sums.nanodollars());
  }

  /** Settles the tokens; the ledgers are settled by themselves. */
  void add(Usage usage) {
    input += usage.inputTokens();
    cachedInput += usage.cachedInputTokens();
    output += usage.outputTokens();
  }

  /** The ledger of a limit that counts for a period. */
  Ledger ledger(LimitKind kind) {
    return switch (kind) {
      case BUDGET -> money;
      case TOKENS -> tokens;
      case REQUESTS -> requests;
      case REQUESTS_PER_MINUTE, TOKENS_PER_MINUTE, CONCURRENT ->
          throw new IllegalArgumentException("of no period: " + kind);
    };
  }

  /** Its limits have changed, or a credit was given. */
  void forgetCeilings() {
    if (ceilings != null) {
      ceilings.forget();
    }
  }

  /** The limits of its period. */
  SubjectLimits.PeriodLimits limits() {
    return state.limits(period);
  }

  /** The limit of its budget with what was added to it. */
  long budget() {
    return Ledger.plus(limits().nanodollars(), credit);
  }

  /** A limit with what was added to it. */
  long withCredit(LimitKind kind, long limit) {
    return kind == LimitKind.BUDGET ? Ledger.plus(limit, credit) : limit;
  }

  /** What this process has settled. */
  UsageTotal.Sums own() {
    return new UsageTotal.Sums(requests.spent(), input, cachedInput, output, money.spent());
  }

  /** What was settled, by this process and earlier ones. */
  UsageTotal.Sums all() {
    return before.plus(own());
  }

  /** Its total. */
  UsageTotal total(UsageTotal.Sums sums, UsageTotal.Buckets buckets) {
    return new UsageTotal(state.subject, period, key, sums, alerted, buckets);
  }

  /** What this process has settled so far, which has not changed since. */
  UsageTotal takeTotal(long now) {
    changed = false;
    boolean ofAllTime = period == Period.TOTAL;
    return total(own(), ofAllTime ? state.buckets(now) : UsageTotal.Buckets.FULL);
  }

  /** Whether what is used and held passes one of its limits. */
  boolean isPassed(long now) {
    if (ceilings != null) {
      return ceilings.isPassed(now);
    }
    SubjectLimits.PeriodLimits limits = limits();
    return !money.admits(0, budget())
        || !tokens.admits(0, limits.tokens())
        || !requests.admits(0, limits.requests());
  }
}
