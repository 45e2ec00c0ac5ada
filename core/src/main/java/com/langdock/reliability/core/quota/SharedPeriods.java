package com.langdock.reliability.core.quota;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The ceilings of all limits of periods, which are drawn from a store that other processes draw
 * from too. Guarded by its {@link Quotas}.
 */
final class SharedPeriods {
  private static final Period[] PERIODS = Period.values();

  private final CeilingRules rules;
  private final Deque<AccountCeilings> queue = new ArrayDeque<>();
  private final Deque<AccountCeilings> renewals = new ArrayDeque<>();
  private boolean away;

  SharedPeriods(CeilingRules rules) {
    this.rules = rules;
  }

  CeilingRules rules() {
    return rules;
  }

  boolean isAway() {
    return away;
  }

  void away(boolean isAway) {
    away = isAway;
  }

  AccountCeilings of(Account account) {
    AccountCeilings ceilings = account.ceilings;
    if (ceilings == null) {
      ceilings = new AccountCeilings(account);
      account.ceilings = ceilings;
    }
    return ceilings;
  }

  /** A request was admitted, and holds what it is expected to use. */
  void taken(AccountSet set, Reservation reservation, boolean isAlone) {
    Demand held = new Demand(reservation.tokens, 0, reservation.nanodollars);
    taken(set, held, 1, isAlone, reservation.openedAt);
  }

  /** A request holds so much more. */
  void extended(AccountSet set, Demand more, long now) {
    taken(set, more, 0, away, now);
  }

  /** More is drawn ahead of need. */
  private void taken(AccountSet set, Demand held, int requests, boolean isAlone, long now) {
    if (!set.state.hasPeriodLimits()) {
      return;
    }
    for (Period period : PERIODS) {
      AccountCeilings ceilings = of(set.of(period));
      boolean low = requests > 0 && ceilings.taken(LimitKind.REQUESTS, requests, isAlone, now);
      low |= ceilings.taken(LimitKind.TOKENS, held.tokens(), isAlone, now);
      low |= ceilings.taken(LimitKind.BUDGET, held.nanodollars(), isAlone, now);
      if (low) {
        queue(ceilings);
      }
    }
  }

  /** The store is to be asked for what a request lacks. */
  void ask(Account account, Shortage.Want want) {
    AccountCeilings ceilings = of(account);
    ceilings.of(want.kind()).lacks(want.needed());
    queue(ceilings);
  }

  private void queue(AccountCeilings ceilings) {
    if (!ceilings.queued) {
      ceilings.queued = true;
      queue.addLast(ceilings);
    }
  }

  /** At most {@code most} questions for the store. */
  List<CeilingWant> takeWants(int most, long now) {
    while (!renewals.isEmpty() && now - renewals.getFirst().drawnAt >= rules.renewNanos()) {
      AccountCeilings due = renewals.removeFirst();
      due.renewed = false;
      queue(due);
    }
    List<CeilingWant> wants = new ArrayList<>(Math.min(most, queue.size()));
    while (wants.size() < most && !queue.isEmpty()) {
      AccountCeilings next = queue.removeFirst();
      next.queued = false;
      wants.add(next.want(now));
    }
    return wants;
  }

  /** The store has answered a question that was sent at {@code sentAt}. */
  List<Settlement.Alert> drawn(Account account, CeilingGrant grant, long sentAt, long now) {
    AccountCeilings ceilings = of(account);
    ceilings.drawn(grant, sentAt + rules.giveUpNanos(), now);
    ceilings.drawnAt = now;
    if (!ceilings.isIdle() && !ceilings.renewed) {
      ceilings.renewed = true;
      renewals.addLast(ceilings);
    }
    List<Settlement.Alert> alerts = new ArrayList<>();
    for (int at : ceilings.toReport(grant.alerts())) {
      alerts.add(
          new Settlement.Alert(
              account.state.subject,
              account.period,
              account.key,
              at,
              account.money.settled(),
              account.budget()));
    }
    return alerts;
  }

  /** The store has not answered: it is asked again. */
  void failed(Account account) {
    queue(of(account));
  }
}
