package com.langdock.reliability.core.quota;

import com.langdock.reliability.core.domain.Usage;
import java.util.ArrayList;
import java.util.List;

/** Settles one reservation, set by set, and collects what that shows. */
final class Settled {
  private static final Period[] PERIODS = Period.values();

  private final Reservation reservation;
  private final Usage usage;
  private final long nanodollars;
  private long overshoot;
  private List<Settlement.Alert> alerts = List.of();

  Settled(Reservation reservation, Usage usage, long nanodollars) {
    this.reservation = reservation;
    this.usage = usage;
    this.nanodollars = nanodollars;
  }

  /** Settles the set {@code index}. */
  void settle(int index, long now) {
    AccountSet set = reservation.sets[index];
    SubjectState state = set.state;
    state.freeSlot();
    Subject key = reservation.slotOf(index);
    if (key != null) {
      state.slots.free(key);
    }
    if (state.tokens != null) {
      state.tokens.adjust(reservation.ofBucket(index), usage.totalTokens(), now);
    }
    for (Period period : PERIODS) {
      settle(set.of(period));
    }
  }

  private void settle(Account account) {
    account.requests.settle(1, 1);
    account.tokens.settle(reservation.tokens, usage.totalTokens());
    account.add(usage);
    long before = account.money.settled();
    account.money.settle(reservation.nanodollars, nanodollars);
    if (account.limits().nanodollars() != SubjectLimits.UNLIMITED) {
      watch(account, before);
    }
  }

  private void watch(Account account, long before) {
    long limit = account.budget();
    long after = account.money.settled();
    long over = Math.max(0, after - limit) - Math.max(0, before - limit);
    if (!account.state.limits().shadow()) {
      overshoot = Math.max(overshoot, over);
    }
    for (int at : account.state.limits().alertAt()) {
      if (account.ceilings == null // Otherwise the store tells one process of all.
          && at > account.alerted
          && after >= SharingRules.part(limit, at)) {
        account.alerted = at;
        alerts = alerts.isEmpty() ? new ArrayList<>(2) : alerts;
        alerts.add(
            new Settlement.Alert(
                account.state.subject, account.period, account.key, at, after, limit));
      }
    }
  }

  Settlement result() {
    return overshoot == 0 && alerts.isEmpty()
        ? Settlement.PLAIN
        : new Settlement(overshoot, alerts, false);
  }
}
