package com.langdock.reliability.core.session;

import com.langdock.reliability.core.resilience.TargetStates;
import com.langdock.reliability.core.routing.Plan;
import java.util.random.RandomGenerator;

/** Creates sessions that share a policy and the states of the targets. */
public final class SessionFactory {
  final SessionPolicy policy;
  final TargetStates targetStates;
  final RandomGenerator random;

  /** Sessions under {@code policy}; {@code random} must allow calls from every session's thread. */
  public SessionFactory(SessionPolicy policy, TargetStates targetStates, RandomGenerator random) {
    this.policy = policy;
    this.targetStates = targetStates;
    this.random = random;
  }

  /**
   * A session for one request, accepted at {@code now}.
   *
   * @param plan at least one target
   */
  public Session open(RequestTraits traits, Plan plan, SessionListener listener, long now) {
    return new Session(this, traits, new Candidates(plan, targetStates, now), listener);
  }
}
