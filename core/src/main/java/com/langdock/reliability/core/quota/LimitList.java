package com.langdock.reliability.core.quota;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists what is left of each limit of one subject. */
final class LimitList {
  private final List<Standing.OfLimit> limits = new ArrayList<>();
  private final SubjectState state;

  private LimitList(SubjectState state) {
    this.state = state;
  }

  static List<Standing.OfLimit> of(AccountSet set, long now) {
    LimitList list = new LimitList(set.state);
    list.bucket(LimitKind.REQUESTS_PER_MINUTE, set.state.requests, now);
    list.bucket(LimitKind.TOKENS_PER_MINUTE, set.state.tokens, now);
    long concurrent = set.state.limits().rates().concurrent();
    if (concurrent != SubjectLimits.UNLIMITED) {
      long left = Math.max(0, concurrent - set.state.slots.inUse());
      list.add(LimitKind.CONCURRENT, null, concurrent, left, 0);
    }
    for (Period period : Period.values()) {
      list.account(set.of(period));
    }
    return list.limits;
  }

  private void bucket(LimitKind kind, @Nullable Allowance bucket, long now) {
    if (bucket != null) {
      add(kind, null, bucket.rate().perMinute(), bucket.left(0, now), bucket.resetNanos(now));
    }
  }

  private void account(Account account) {
    SubjectLimits.PeriodLimits of = account.limits();
    ledger(account, LimitKind.REQUESTS, of.requests());
    ledger(account, LimitKind.TOKENS, of.tokens());
    ledger(account, LimitKind.BUDGET, account.budget());
  }

  private void ledger(Account account, LimitKind kind, long limit) {
    if (limit != SubjectLimits.UNLIMITED) {
      add(kind, account.period, limit, account.ledger(kind).left(limit), 0);
    }
  }

  private void add(LimitKind kind, @Nullable Period period, long limit, long left, long reset) {
    limits.add(new Standing.OfLimit(state.subject, kind, period, limit, left, reset));
  }
}
