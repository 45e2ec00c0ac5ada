package com.langdock.reliability.bench.part;

import com.langdock.reliability.core.domain.Attempt;
import com.langdock.reliability.core.domain.Deadline;
import com.langdock.reliability.core.domain.Timeouts;
import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.core.resilience.Backoff;
import com.langdock.reliability.core.resilience.BreakerRules;
import com.langdock.reliability.core.resilience.BreakerScope;
import com.langdock.reliability.core.resilience.TargetRules;
import com.langdock.reliability.core.resilience.TargetStates;
import com.langdock.reliability.core.routing.Plan;
import com.langdock.reliability.core.session.AnswerTraits;
import com.langdock.reliability.core.session.RequestTraits;
import com.langdock.reliability.core.session.Session;
import com.langdock.reliability.core.session.SessionFactory;
import com.langdock.reliability.core.session.SessionListener;
import com.langdock.reliability.core.session.SessionPolicy;
import com.langdock.reliability.core.session.Step;
import java.util.EnumSet;
import java.util.List;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A request that succeeds at once, from begin to deliver, and what recording it adds. */
@State(Scope.Thread)
public class SessionBench {
  /** What is recorded of a request. */
  public enum Kept {
    /** Nobody listens. */
    NOTHING,
    /** Meters only. */
    METERS,
    /** Meters, and the lines of level info. */
    METERS_AND_LOG,
    /** Meters, lines, and the journal. */
    ALL
  }

  private static final long SECOND = 1_000_000_000;
  private static final Timeouts TIMEOUTS =
      new Timeouts(SECOND, SECOND, SECOND, SECOND, SECOND, SECOND);
  private static final BreakerRules BREAKER =
      new BreakerRules(5, 0.5, 30 * SECOND, 10, 60 * SECOND, 1);
  private static final TargetRules RULES =
      new TargetRules(name -> BREAKER, EnumSet.allOf(BreakerScope.class), 0.3, 10, 300 * SECOND);
  private static final Plan PLAN = new Plan(List.of(Samples.GPT));
  private static final Usage USAGE = new Usage(200, 0, 82);

  private final TargetStates targetStates =
      new TargetStates(PLAN.targets(), RULES, change -> {}, new SplittableRandom(2), 0);
  private final SessionPolicy rules =
      new SessionPolicy(
          3, new Backoff(SECOND, SECOND), SECOND, true, target -> TIMEOUTS, Samples.MODELS);
  private final SessionFactory sessions =
      new SessionFactory(rules, targetStates, new SplittableRandom(1));
  private Recording recording = Recording.of(Kept.NOTHING);
  private long now;

  /** What is recorded. */
  @Param public Kept kept = Kept.NOTHING;

  /** Starts recording. */
  @Setup
  public void start() {
    recording = Recording.of(kept);
  }

  /** Ends it. */
  @TearDown
  public void stop() {
    recording.close();
  }

  /** One request. */
  @Benchmark
  public boolean succeed() {
    now += 1_000;
    SessionListener listener = recording.listener(now);
    Deadline deadline = new Deadline(now + SECOND);
    Session session =
        sessions.open(
            new RequestTraits(false, AnswerTraits.PLAIN, deadline, deadline), PLAN, listener, now);
    Attempt attempt = ((Step.Begin) session.begin(now).getFirst()).attempt();
    session.used(attempt, USAGE, now);
    return session.succeeded(attempt, now);
  }
}
