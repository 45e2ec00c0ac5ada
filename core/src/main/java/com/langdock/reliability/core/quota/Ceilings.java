package com.langdock.reliability.core.quota;

import java.util.ArrayList;
import java.util.List;

/**
 * The questions by which one process draws ceilings of limits that others share. Whoever asks them
 * reports each answer, or that there was none.
 *
 * <p>Thread-safe: guarded by the lock of its {@link Quotas}.
 */
public final class Ceilings {
  private final Quotas quotas;
  private final SharedPeriods shared;

  Ceilings(Quotas quotas, SharedPeriods shared) {
    this.quotas = quotas;
    this.shared = shared;
  }

  /** Whether the store is away, so that no request waits for it. */
  public void away(boolean isAway) {
    synchronized (quotas) {
      shared.away(isAway);
    }
  }

  /** At most {@code most} questions that are to be asked now. */
  public List<CeilingWant> take(int most, long now) {
    synchronized (quotas) {
      return shared.takeWants(most, now);
    }
  }

  /**
   * Questions that were sent at {@code sentAt} were answered.
   *
   * @return parts of budgets that were reached
   */
  public List<Settlement.Alert> answered(List<CeilingGrant> grants, long sentAt, long now) {
    synchronized (quotas) {
      List<Settlement.Alert> alerts = new ArrayList<>();
      for (CeilingGrant grant : grants) {
        alerts.addAll(shared.drawn(account(grant.want()), grant, sentAt, now));
      }
      return alerts;
    }
  }

  /** Questions were not answered; they are asked again. */
  public void failed(List<CeilingWant> wants) {
    synchronized (quotas) {
      wants.forEach(want -> shared.failed(account(want)));
    }
  }

  private Account account(CeilingWant want) {
    return quotas.account(want.subject(), want.period(), want.key());
  }
}
