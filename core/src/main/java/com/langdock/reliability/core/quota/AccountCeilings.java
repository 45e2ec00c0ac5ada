package com.langdock.reliability.core.quota;

import com.langdock.reliability.core.quota.SubjectLimits.PeriodLimits;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The ceilings of one subject in one period. */
final class AccountCeilings {
  private static final LimitKind[] KINDS = {LimitKind.REQUESTS, LimitKind.TOKENS, LimitKind.BUDGET};

  final Account account;
  private final Ceiling requests = new Ceiling();
  private final Ceiling tokens = new Ceiling();
  private final Ceiling money = new Ceiling();
  private @Nullable PeriodLimits asked;

  /** Whether it waits to be drawn for. */
  boolean queued;

  /** Whether it is renewed. */
  boolean renewed;

  /** When it was drawn for last. */
  long drawnAt;

  AccountCeilings(Account account) {
    this.account = account;
  }

  Ceiling of(LimitKind kind) {
    return switch (kind) {
      case REQUESTS -> requests;
      case TOKENS -> tokens;
      case BUDGET -> money;
      case REQUESTS_PER_MINUTE, TOKENS_PER_MINUTE, CONCURRENT ->
          throw new IllegalArgumentException("of no period: " + kind);
    };
  }

  /** What this process has used and holds. */
  long used(LimitKind kind) {
    return account.ledger(kind).own();
  }

  private long limit(LimitKind kind) {
    PeriodLimits limits = account.limits();
    return switch (kind) {
      case REQUESTS -> limits.requests();
      case TOKENS -> limits.tokens();
      case BUDGET -> limits.nanodollars();
      case REQUESTS_PER_MINUTE, TOKENS_PER_MINUTE, CONCURRENT ->
          throw new IllegalArgumentException("of no period: " + kind);
    };
  }

  /** Something was taken; whether more is to be drawn ahead. */
  boolean taken(LimitKind kind, long amount, boolean isAlone, long now) {
    if (limit(kind) == SubjectLimits.UNLIMITED) {
      return false;
    }
    long used = used(kind);
    Ceiling ceiling = of(kind);
    boolean isBeyond = ceiling.left(used - amount, now) < amount;
    ceiling.taken(used - amount, amount, isAlone && isBeyond, now);
    return ceiling.isLow(used, now);
  }

  /** What to ask the store for. */
  CeilingWant want(long now) {
    asked = account.limits();
    return new CeilingWant(
        account.state.subject,
        account.period,
        account.key,
        need(LimitKind.REQUESTS, now),
        need(LimitKind.TOKENS, now),
        need(LimitKind.BUDGET, now),
        account.state.limits().alertAt());
  }

  private CeilingWant.Need need(LimitKind kind, long now) {
    return of(kind).need(limit(kind), used(kind), now);
  }

  /** The store has answered. */
  void drawn(CeilingGrant grant, long goodUntil, long now) {
    account.before(grant.others());
    account.credit = grant.credit();
    requests.drawn(grant.want().requests(), grant.requests(), goodUntil, now);
    tokens.drawn(grant.want().tokens(), grant.tokens(), goodUntil, now);
    money.drawn(grant.want().money(), grant.money(), goodUntil, now);
    if (!account.limits().equals(asked)) {
      forget();
    }
  }

  /** Whether nothing is in hand or held that would have to be renewed. */
  boolean isIdle() {
    for (LimitKind kind : KINDS) {
      if (limit(kind) != SubjectLimits.UNLIMITED
          && (account.ledger(kind).held() > 0 || of(kind).isAbove(used(kind)))) {
        return false;
      }
    }
    return true;
  }

  /** The limits have changed, or a credit was given. */
  void forget() {
    requests.forget();
    tokens.forget();
    money.forget();
  }

  /** The parts of the budget that this process recorded as reported, now or unheard before. */
  List<Integer> toReport(CeilingGrant.Alerts alerts) {
    int known = account.alerted;
    account.alerted = Math.max(known, alerts.now());
    return account.state.limits().alertAt().stream()
        .filter(at ->
            (at > known && at <= alerts.own()) || (at > alerts.before() && at <= alerts.now()))
        .toList();
  }

  /** Whether what is used passes a limit, as far as this process knows. */
  boolean isPassed(long now) {
    for (LimitKind kind : KINDS) {
      long limit = limit(kind);
      if (limit != SubjectLimits.UNLIMITED
          && (!account.ledger(kind).admits(0, account.withCredit(kind, limit))
              || of(kind).isPassed(used(kind), now))) {
        return true;
      }
    }
    return false;
  }
}
