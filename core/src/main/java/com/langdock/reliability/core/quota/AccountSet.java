package com.langdock.reliability.core.quota;

/** The accounts of one subject at one date: of its day, its month, and of all time. */
final class AccountSet {
  final SubjectState state;
  final Period.Dates dates;
  private final Account day;
  private final Account month;
  private final Account total;

  AccountSet(SubjectState state, Period.Dates dates) {
    this.state = state;
    this.dates = dates;
    this.day = state.account(Period.DAY, Period.DAY.key(dates));
    this.month = state.account(Period.MONTH, Period.MONTH.key(dates));
    this.total = state.account(Period.TOTAL, Period.TOTAL.key(dates));
  }

  Account of(Period period) {
    return switch (period) {
      case DAY -> day;
      case MONTH -> month;
      case TOTAL -> total;
    };
  }

  /** The account of all time. */
  Account total() {
    return total;
  }

  void hold(long tokens, long nanodollars) {
    hold(day, tokens, nanodollars);
    hold(month, tokens, nanodollars);
    hold(total, tokens, nanodollars);
  }

  /** Holds one request. */
  void holdRequest() {
    day.requests.hold(1);
    month.requests.hold(1);
    total.requests.hold(1);
  }

  private static void hold(Account account, long tokens, long nanodollars) {
    account.tokens.hold(tokens);
    account.money.hold(nanodollars);
  }

  /** Whether what is used and held passes a limit of a period. */
  boolean isPassed(long now) {
    return state.hasPeriodLimits()
        && (day.isPassed(now) || month.isPassed(now) || total.isPassed(now));
  }
}
