package com.langdock.reliability.core.session;

import com.langdock.reliability.core.resilience.Gates;
import com.langdock.reliability.core.resilience.RetryBudget;
import com.langdock.reliability.core.routing.Plan;
import java.util.random.RandomGenerator;

/** Opens sessions that share the rules, the gates of the targets and the retry budget. */
public final class Sessions {
  final Rules rules;
  final Gates gates;
  final RetryBudget budget;
  final RandomGenerator random;

  /** Sessions under {@code rules}; {@code random} must allow calls from every session's thread. */
  public Sessions(Rules rules, Gates gates, RetryBudget budget, RandomGenerator random) {
    this.rules = rules;
    this.gates = gates;
    this.budget = budget;
    this.random = random;
  }

  /**
   * A session for one request, accepted at {@code now}.
   *
   * @param plan at least one target
   */
  public Session open(Profile profile, Plan plan, SessionListener listener, long now) {
    return new Session(this, profile, new Candidates(plan, gates, now), listener);
  }
}
