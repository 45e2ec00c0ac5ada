package com.langdock.reliability.gateway.limits;

import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.core.quota.Claimant;
import com.langdock.reliability.core.quota.Demand;
import com.langdock.reliability.core.quota.Reservation;
import com.langdock.reliability.core.quota.Settlement;
import com.langdock.reliability.core.quota.Standing;
import com.langdock.reliability.core.routing.Plan;
import com.langdock.reliability.core.session.SessionEvent;
import com.langdock.reliability.core.session.SessionListener;
import org.jspecify.annotations.Nullable;

/**
 * One admitted request: adds up what its attempts use, and settles its reservation at its session's
 * end. Lives on the request's event loop.
 */
public final class LimitedRequest implements SessionListener {
  /** A stream's reservation grows by so many tokens. */
  public static final int STEP_TOKENS = 256;

  private final Parts parts;
  private final Reservation reservation;
  private final Demand ofAttempt;
  private final int choices;
  private final RequestCost cost;
  private Usage used = Usage.NONE;
  private long reservedOutput;
  private int attempts;
  private @Nullable Target target;
  private long nanodollars = -1;

  /** What it was admitted with. */
  record Parts(
      ProcessLimits limits, LimitRules rules, Claimant claimant, Plan plan, boolean showsRates) {}

  LimitedRequest(Parts parts, Reservation reservation, Demand demand, int choices) {
    this.parts = parts;
    this.reservation = reservation;
    this.ofAttempt = demand;
    this.choices = choices;
    this.cost = new RequestCost(parts.rules.models());
    this.reservedOutput = demand.outputTokens();
  }

  /** The targets that may answer within its budgets. */
  public Plan plan() {
    return parts.plan;
  }

  /** Whether the client is told in headers what is left. */
  public boolean showsRates() {
    return parts.showsRates;
  }

  /** What is left of its rates at {@code now}. */
  public Standing standing(long now) {
    return parts.limits.quotas().standing(parts.claimant, now);
  }

  /** Ends a request that has no session, or whose session did not end; else nothing happens. */
  public void close(long now) {
    settle(0, now);
  }

  @Override
  public void on(SessionEvent event, long now) {
    switch (event) {
      case SessionEvent.AttemptStarted started -> started(started.attempt().target(), now);
      case SessionEvent.AttemptSkipped skipped -> attempts--;
      case SessionEvent.TokensUsed tokens -> {
        used = used.plus(tokens.usage());
        cost.add(tokens.attempt().target(), tokens.usage());
      }
      case SessionEvent.Succeeded succeeded -> settle(choices, now);
      case SessionEvent.Failed failed -> settle(0, now);
      case SessionEvent.Cancelled cancelled -> settle(0, now);
      case SessionEvent.TargetRefused refused -> {}
      case SessionEvent.FirstContent first -> {}
      case SessionEvent.StreamFlowed flowed -> {}
      case SessionEvent.AttemptFailed failed -> {}
      case SessionEvent.RetryScheduled retry -> {}
      case SessionEvent.MovedOn moved -> {}
      case SessionEvent.StreamContinued continued -> {}
    }
  }

  /** The first attempt is reserved for; each further one adds what it may take. */
  private void started(Target next, long now) {
    target = next;
    attempts++;
    if (attempts > 1) {
      extend(ofAttempt, now);
    }
  }

  private boolean extend(Demand more, long now) {
    reservedOutput += more.outputTokens();
    return parts.limits.quotas().extend(reservation, more, now);
  }

  /**
   * The running attempt's stream has so many tokens by now; the reservation grows with it.
   *
   * @return false when the request has passed a budget or quota and is to end
   */
  public boolean grewTo(long tokens, long now) {
    boolean within = true;
    while (used.outputTokens() + tokens > reservedOutput) {
      within &= extend(step(), now);
    }
    return within || !parts.rules.cuts();
  }

  private Demand step() {
    Target running = target;
    long money =
        running == null || ofAttempt.nanodollars() == 0
            ? 0
            : Money.nanodollars(
                Money.picodollars(running, new Usage(0, 0, STEP_TOKENS), parts.rules.models()));
    return new Demand(0, STEP_TOKENS, money);
  }

  private void settle(int answers, long now) {
    if (nanodollars >= 0) {
      return;
    }
    nanodollars = cost.nanodollars();
    Settlement settlement =
        parts.limits.quotas().settle(reservation, used, nanodollars, answers, now);
    parts.limits.listener().settled(reservation, used.totalTokens(), settlement);
  }
}
