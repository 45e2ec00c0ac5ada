package com.langdock.reliability.core.simulation;

import com.langdock.reliability.core.domain.Attempt;
import com.langdock.reliability.core.domain.Deadline;
import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.ModelCatalog;
import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.domain.Timeouts;
import com.langdock.reliability.core.resilience.Backoff;
import com.langdock.reliability.core.resilience.BreakerListener;
import com.langdock.reliability.core.resilience.BreakerRules;
import com.langdock.reliability.core.resilience.BreakerScope;
import com.langdock.reliability.core.resilience.TargetRules;
import com.langdock.reliability.core.resilience.TargetStates;
import com.langdock.reliability.core.routing.Plan;
import com.langdock.reliability.core.session.AnswerTraits;
import com.langdock.reliability.core.session.RequestTraits;
import com.langdock.reliability.core.session.Session;
import com.langdock.reliability.core.session.SessionFactory;
import com.langdock.reliability.core.session.SessionPolicy;
import com.langdock.reliability.core.session.Step;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Requests for whole answers at a steady rate, under the configuration's defaults. */
final class Traffic {
  static final long SECOND = World.SECOND;
  private static final long MINUTE = 60 * SECOND;

  /** How a provider's call ends, and after how long; a null failure is an answer. */
  record Reply(long nanos, @Nullable Failure failure) {}

  /** What a provider does with a call that begins {@code now}, in nanoseconds from the start. */
  interface Provider {
    Reply call(Target target, long now, SplittableRandom random);
  }

  /** One request's end: who answered it, null for nobody. */
  record End(long at, @Nullable Target by) {}

  final List<End> ends = new ArrayList<>();

  private final SplittableRandom random;
  private final VirtualTime time;
  private final long start;
  private final SessionFactory sessions;
  private final Provider provider;

  Traffic(long seed, List<Target> configured, Provider provider) {
    this.random = new SplittableRandom(seed);
    this.provider = provider;
    this.time = new VirtualTime(random.nextLong());
    this.start = time.now();
    BreakerRules breaker = new BreakerRules(5, 0.5, 30 * SECOND, 10, MINUTE, 1);
    TargetRules rules =
        new TargetRules(name -> breaker, EnumSet.allOf(BreakerScope.class), 0.3, 10, 5 * MINUTE);
    TargetStates targetStates =
        new TargetStates(configured, rules, BreakerListener.NONE, random, start);
    Timeouts timeouts =
        new Timeouts(10 * SECOND, 30 * SECOND, 5 * MINUTE, 10 * SECOND, 15 * SECOND, 5 * MINUTE);
    sessions =
        new SessionFactory(
            new SessionPolicy(
                5,
                new Backoff(2 * SECOND, MINUTE),
                5 * SECOND,
                true,
                target -> timeouts,
                new ModelCatalog(Map.of())),
            targetStates,
            random);
  }

  /** So many requests a second over so many seconds, each with one of the plans in turn. */
  Traffic run(int perSecond, int seconds, List<List<Target>> plans) {
    for (int i = 0; i < perSecond * seconds; i++) {
      Plan plan = new Plan(plans.get(i % plans.size()));
      time.after(i * SECOND / perSecond, () -> request(plan));
    }
    time.run();
    return this;
  }

  /** The share of requests that were answered. */
  double answered() {
    return share(ends.stream().filter(end -> end.by() != null).count());
  }

  /** The share of requests that {@code target} answered. */
  double answeredBy(Target target) {
    return share(ends.stream().filter(end -> target.equals(end.by())).count());
  }

  private double share(long count) {
    return count / (double) ends.size();
  }

  private void request(Plan plan) {
    long now = time.now();
    Deadline deadline = new Deadline(now + 10 * MINUTE);
    Session session =
        sessions.open(
            new RequestTraits(false, AnswerTraits.PLAIN, deadline, deadline),
            plan,
            (event, at) -> {},
            now);
    take(session, session.begin(now));
  }

  private void take(Session session, List<Step> steps) {
    steps.forEach(step -> take(session, step));
  }

  private void take(Session session, Step step) {
    switch (step) {
      case Step.Begin begin -> call(session, begin.attempt());
      case Step.Wait wait ->
          time.after(wait.nanos(), () -> take(session, session.waitOver(time.now())));
      case Step.GiveUp giveUp -> ends.add(new End(time.now() - start, null));
    }
  }

  private void call(Session session, Attempt attempt) {
    Reply reply = provider.call(attempt.target(), time.now() - start, random);
    time.after(
        reply.nanos(),
        () -> {
          if (reply.failure() == null) {
            session.succeeded(attempt, time.now());
            ends.add(new End(time.now() - start, attempt.target()));
          } else {
            take(session, session.failed(attempt, reply.failure(), time.now()));
          }
        });
  }
}
