package com.langdock.reliability.core.session;

import com.langdock.reliability.core.domain.Deadline;
import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.ModelCatalog;
import com.langdock.reliability.core.domain.ModelFacts;
import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.domain.Timeouts;
import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.core.resilience.Backoff;
import com.langdock.reliability.core.resilience.BreakerListener;
import com.langdock.reliability.core.resilience.BreakerRules;
import com.langdock.reliability.core.resilience.BreakerScope;
import com.langdock.reliability.core.resilience.TargetRules;
import com.langdock.reliability.core.resilience.TargetStates;
import com.langdock.reliability.core.routing.Plan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A session with its surroundings under manual time: back-off 2 s without jitter, three attempts,
 * deadline 60 s, waits asked for up to 5 s, breakers that open after five failures.
 */
final class SessionHarness {
  static final Target A = new Target("a", "big");
  static final Target B = new Target("b", "big");
  static final Target C = new Target("c", "bigger");
  static final long SECOND = 1_000_000_000L;

  private static final Timeouts TIMEOUTS = new Timeouts(1, 2, 9, 3, 4, 5);
  private static final RandomGenerator NO_JITTER = () -> 0L;

  final List<SessionEvent> events = new ArrayList<>();
  long now = -42 * SECOND;
  int maxAttempts = 3;
  double budgetRatio = 0.3;
  double budgetPerSecond = 10;
  Duration deadline = Duration.ofSeconds(60);
  AnswerTraits answer = AnswerTraits.PLAIN;
  boolean isRepeatable = true;
  boolean waitsForPauses = true;

  private @Nullable TargetStates targetStates;

  TargetStates targetStates() {
    if (targetStates == null) {
      TargetRules rules =
          new TargetRules(
              provider -> new BreakerRules(5, 0.5, 30 * SECOND, 10, 60 * SECOND, 1),
              EnumSet.allOf(BreakerScope.class),
              budgetRatio,
              budgetPerSecond,
              300 * SECOND);
      targetStates =
          new TargetStates(List.of(A, B, C), rules, BreakerListener.NONE, NO_JITTER, now);
    }
    return targetStates;
  }

  /** A session that may use these targets; it has not begun. */
  DrivenSession session(Target... targets) {
    return open(false, targets);
  }

  /** A session for a stream. */
  DrivenSession stream(Target... targets) {
    return open(true, targets);
  }

  private DrivenSession open(boolean stream, Target... targets) {
    SessionPolicy rules =
        new SessionPolicy(
            maxAttempts,
            new Backoff(2 * SECOND, 60 * SECOND),
            5 * SECOND,
            true,
            target -> TIMEOUTS,
            new ModelCatalog(Map.of("big", window(8_000), "bigger", window(200_000))));
    RequestTraits traits =
        new RequestTraits(
            stream,
            answer,
            new Deadline(now + deadline.toNanos()),
            new Deadline(now + 600 * SECOND),
            isRepeatable,
            waitsForPauses);
    Plan plan = new Plan(Arrays.asList(targets));
    SessionFactory sessions = new SessionFactory(rules, targetStates(), NO_JITTER);
    return new DrivenSession(sessions.open(traits, plan, (event, at) -> events.add(event), now));
  }

  private static ModelFacts window(long tokens) {
    return new ModelFacts(OptionalLong.of(tokens), OptionalLong.empty(), false, true, null);
  }

  /** Lets time pass. */
  void pass(Duration time) {
    now += time.toNanos();
  }

  /** Opens the breaker of {@code target}'s provider. */
  void open(Target target) {
    for (int call = 0; call < 5; call++) {
      DrivenSession session = session(target);
      session.begin(now);
      session.failed(Failures.SERVER_ERROR, now);
      session.clientLeft(now);
    }
    events.clear();
  }

  /** Begins, answers each attempt with the next failure, and waits when told; the last steps. */
  List<Step> fail(DrivenSession session, Failure... failures) {
    List<Step> steps = session.begin(now);
    for (Failure failure : failures) {
      waited(session, steps);
      steps = session.failed(failure, now);
    }
    return steps;
  }

  /** The steps after any wait. */
  List<Step> waited(DrivenSession session, List<Step> steps) {
    if (steps.getFirst() instanceof Step.Wait wait) {
      now += wait.nanos();
      return session.waitOver(now);
    }
    return steps;
  }

  /** Ends the attempt that began last well. */
  boolean succeed(DrivenSession session) {
    session.used(new Usage(10, 0, 5), now);
    return session.succeeded(now);
  }
}
