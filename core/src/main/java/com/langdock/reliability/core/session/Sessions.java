package com.langdock.reliability.core.session;

import com.langdock.reliability.core.resilience.Gates;
import com.langdock.reliability.core.routing.Plan;
import java.util.random.RandomGenerator;

/** Opens sessions that share the rules and the gates of the targets. */
public final class Sessions {
  final Rules rules;
  final Gates gates;
  final RandomGenerator random;

  /** Sessions under {@code rules}; {@code random} must allow calls from every session's thread. */
  public Sessions(Rules rules, Gates gates, RandomGenerator random) {
    this.rules = rules;
    this.gates = gates;
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
