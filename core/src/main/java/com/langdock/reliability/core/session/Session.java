package com.langdock.reliability.core.session;

import com.langdock.reliability.core.domain.Attempt;
import com.langdock.reliability.core.domain.Deadline;
import com.langdock.reliability.core.domain.EndedAttempt;
import com.langdock.reliability.core.domain.ErrorCode;
import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.Limits;
import com.langdock.reliability.core.domain.StreamPace;
import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.core.resilience.Admission;
import com.langdock.reliability.core.resilience.BreakerScope;
import com.langdock.reliability.core.resilience.breaker.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One request's way through its plan: told what happened, it says what is next.
 *
 * <p><b>Idea.</b> All policy is here and in the {@link FailureTable}; whoever drives a session only
 * does what it says. A session is in one of four states: an attempt is running, a wait is running,
 * the client has been given content (<i>committed</i>) while a stream goes on, or it is over.
 *
 * <p><b>Order.</b> While an untried target is left, a target is repeated at most once, and only
 * while the attempts left would still give every untried target one; then the session moves on.
 * Moving on never waits; coming back does, and a wait that would end past the deadline is not
 * begun. What the gateway itself refuses costs no attempt and no wait. When failures have opened
 * the breakers of all targets, the likeliest one may still give an early probe.
 *
 * <p><b>After commit</b> the client watches, so an untried target comes before any wait; what one
 * target says against going on (a refused request, a policy) is no answer to the client's request,
 * and only rules that target out.
 *
 * <p><b>Invariants.</b> At most {@code maxAttempts} attempts; each that repeats a target is paid
 * from its provider's retry budget, the first at a target is free; every permit is reported once;
 * exactly one of {@code Succeeded}, {@code Failed} and {@code Cancelled} ends it; after that every
 * signal is answered with {@link Step.Stop}.
 *
 * <p>Not thread-safe: a session lives on one event loop. Moments are monotonic nanoseconds.
 */
public final class Session {
  private final Sessions shared;
  private final Profile profile;
  private final Candidates candidates;
  private final RepeatPayment payment = new RepeatPayment();
  private final SeenFailures failures = new SeenFailures();
  private final SessionListener listener;
  private final List<EndedAttempt> ended = new ArrayList<>(4);

  private @Nullable Running running;
  private @Nullable Candidate awaited;
  private @Nullable Candidate lastTried;
  private Usage used = Usage.NONE;
  private int attempts;
  private boolean committed;
  private boolean over;

  Session(Sessions shared, Profile profile, Candidates candidates, SessionListener listener) {
    this.shared = shared;
    this.profile = profile;
    this.candidates = candidates;
    this.listener = listener;
  }

  /** Begins. */
  public Step begin(long now) {
    return next(now);
  }

  /** The running attempt cost this, if anything; to be said once, before its end is. */
  public void used(Usage usage, long now) {
    if (running != null && !usage.equals(Usage.NONE)) {
      used = used.plus(usage);
      listener.on(new SessionEvent.TokensUsed(running.attempt(), usage), now);
    }
  }

  /** The running attempt's stream flowed like this; to be said once, before its end is. */
  public void flowed(StreamPace pace, long now) {
    if (running != null) {
      listener.on(new SessionEvent.StreamFlowed(running.attempt(), pace), now);
    }
  }

  /** The running attempt's answer is whole. */
  public Step succeeded(long now) {
    if (running == null) {
      return new Step.Stop();
    }
    running.candidate().gate.report(running.permit(), Verdict.SUCCESS, BreakerScope.TARGET, now);
    EndedAttempt attempt = end(running, null, now);
    over = true;
    listener.on(new SessionEvent.Succeeded(attempt, used), now);
    return new Step.Deliver();
  }

  /** The running attempt's stream has its first content: from now on the client sees it. */
  public Step firstContent(long now) {
    if (running == null) {
      return new Step.Stop();
    }
    committed = true;
    listener.on(new SessionEvent.FirstContent(running.attempt()), now);
    return new Step.Deliver();
  }

  /** The running attempt failed, before anything of it reached the client. */
  public Step failed(Failure failure, long now) {
    return running == null ? new Step.Stop() : afterFailure(running, failure, now);
  }

  /**
   * The running attempt's stream broke after content of it reached the client.
   *
   * @param delivered what the client has been given, by this attempt and those before
   */
  public Step broke(Failure failure, DeliveredContent delivered, long now) {
    if (running == null) {
      return new Step.Stop();
    }
    failures.broke(failure);
    boolean continuable = delivered == DeliveredContent.TEXT && profile.answer().isPlain();
    if (shared.rules.continueStreams() && continuable) {
      return afterFailure(running, failure, now);
    }
    fail(running, failure, consequence(failure, now), now);
    return giveUp(failure, now);
  }

  /** The wait that the session asked for is over. */
  public Step waitOver(long now) {
    Candidate candidate = awaited;
    awaited = null;
    if (candidate == null) {
      return new Step.Stop();
    }
    return deadline().isOver(now) ? giveUp(decidingFailure(now), now) : resume(candidate, now);
  }

  /** The deadline has come. */
  public Step deadlineOver(long now) {
    return end(new Failure.DeadlineOver(), now);
  }

  /** The client closed its connection. */
  public Step clientLeft(long now) {
    if (over) {
      return new Step.Stop();
    }
    Failure failure = new Failure.ClientGone();
    if (running != null) {
      fail(running, failure, consequence(failure, now), now);
    }
    over = true;
    awaited = null;
    payment.giveBack(now);
    listener.on(new SessionEvent.Cancelled(), now);
    return new Step.Stop();
  }

  /** A bug in the gateway ends the request: nothing more is tried. */
  public Step crashed(long now) {
    return end(new Failure.GatewayBug(), now);
  }

  /** The gateway stops and waits no longer. */
  public Step stopped(long now) {
    return end(new Failure.GatewayStopping(), now);
  }

  private Step end(Failure failure, long now) {
    if (running != null) {
      fail(running, failure, consequence(failure, now), now);
    }
    return giveUp(failure, now);
  }

  /** The attempts that have ended, in order. */
  public List<EndedAttempt> endedAttempts() {
    return Collections.unmodifiableList(ended);
  }

  /** The deadline that counts now: the request's, or after commit the stream's. */
  public Deadline deadline() {
    return committed ? profile.streamDeadline() : profile.deadline();
  }

  private Step afterFailure(Running failed, Failure failure, long now) {
    Consequence consequence = consequence(failure, now);
    boolean late = deadline().isOver(now);
    Running changed = late ? null : failed.changedAfter(failure, shared.rules.models(), now);
    if (changed != null) {
      return run(changed, now);
    }
    if (failure instanceof Failure.Untranslatable notSayable) {
      return skip(failed, notSayable, now);
    }
    fail(failed, failure, consequence, now);
    return consequence.isFinal() && !committed ? giveUp(failure, now) : next(now);
  }

  /** Runs an attempt; one that ran already runs in another form and is not counted twice. */
  private Step run(Running attempt, long now) {
    running = attempt;
    return new Step.Begin(
        attempt.attempt(),
        limits(attempt.candidate(), now),
        attempt.fresh(),
        attempt.continuation(),
        attempt.candidate().gate.omittedFields());
  }

  /** The target was not called: the attempt does not count and costs nothing. */
  private Step skip(Running uncalled, Failure.Untranslatable failure, long now) {
    Candidate candidate = uncalled.candidate();
    candidate.gate.report(uncalled.permit(), Verdict.IGNORE, BreakerScope.TARGET, now);
    candidate.exclude();
    payment.notCalled(candidate, now);
    running = null;
    failures.skipped(failure);
    attempts--;
    listener.on(new SessionEvent.AttemptSkipped(uncalled.attempt(), failure), now);
    return next(now);
  }

  private void fail(Running failed, Failure failure, Consequence consequence, long now) {
    failures.failed(failure);
    Candidate candidate = failed.candidate();
    candidate.gate.report(failed.permit(), consequence.verdict(), consequence.about(), now);
    EndedAttempt attempt = end(failed, failure, now);
    long backoff = shared.rules.backoff().waitNanos(candidate.countFailure(), shared.random);
    candidate.failed(consequence, failure, backoff, now);
    if (failure instanceof Failure.RateLimited && failure.retryAfterNanos().isEmpty()) {
      candidate.gate.assumePause(shared.rules.backoff().baseNanos(), now);
    }
    if (consequence.elsewhere() == Consequence.Elsewhere.LARGER_WINDOW) {
      candidates.excludeWindowsUpTo(candidate, shared.rules.models());
    }
    listener.on(new SessionEvent.AttemptFailed(attempt), now);
  }

  private EndedAttempt end(Running running, @Nullable Failure failure, long now) {
    this.running = null;
    EndedAttempt attempt = new EndedAttempt(running.attempt(), failure, now);
    ended.add(attempt);
    return attempt;
  }

  /** The timer of the deadline may come late: nothing begins in the meantime. */
  private Step next(long now) {
    if (attemptsLeft() == 0 || deadline().isOver(now)) {
      return giveUp(decidingFailure(now), now);
    }
    List<Candidate> untried = candidates.untried();
    Candidate last = lastTried;
    Step again = last != null && mayRepeat(last, untried, now) ? comeBack(last, now) : null;
    if (again != null) {
      return again;
    }
    for (Candidate candidate : untried) {
      Admission.Admitted permit = admit(candidate, now);
      if (permit != null) {
        return start(candidate, permit, now);
      }
    }
    Candidate soonest =
        candidates.soonest(
            candidate -> fits(candidate, now) && payment.isPossible(candidate, now), now);
    Step back = soonest == null ? lastResort(now) : comeBack(soonest, now);
    return back == null ? giveUp(decidingFailure(now), now) : back;
  }

  /** After commit an untried target comes first, for the client watches. */
  private boolean mayRepeat(Candidate last, List<Candidate> untried, long now) {
    return !committed
        && last.isWantedInPlace()
        && (untried.isEmpty() || !last.wasRepeated())
        && attemptsLeft() > untried.size()
        && fits(last, now);
  }

  private int attemptsLeft() {
    return shared.rules.maxAttempts() - attempts;
  }

  /** A longer Retry-After than the configured one is never waited for, whoever received it. */
  private boolean fits(Candidate candidate, long now) {
    return candidate.isWorthWaitingFor(now)
        && candidate.gate.askedPauseNanos(now) <= shared.rules.maxRetryAfterNanos()
        && deadline().allows(now + candidate.waitNanos(now));
  }

  /** Waits for a target, or goes back to it at once; null when the budget does not allow it. */
  private @Nullable Step comeBack(Candidate candidate, long now) {
    if (!payment.pay(candidate, now)) {
      return null;
    }
    long wait = candidate.waitNanos(now);
    if (wait <= 0) {
      return resume(candidate, now);
    }
    awaited = candidate;
    listener.on(new SessionEvent.RetryScheduled(candidate.target, attempts + 1, wait), now);
    return new Step.Wait(wait);
  }

  private Step resume(Candidate candidate, long now) {
    Admission.Admitted permit = admit(candidate, now);
    if (permit == null) {
      payment.giveBack(now);
      return next(now);
    }
    return start(candidate, permit, now);
  }

  private @Nullable Step lastResort(long now) {
    Candidate likeliest = candidates.lastResort(now);
    return likeliest != null && likeliest.gate.admitEarly(now) instanceof Admission.Admitted permit
        ? start(likeliest, permit, now)
        : null;
  }

  /** A permit for an attempt, or null if a pause or breaker rejects it. */
  private Admission.@Nullable Admitted admit(Candidate candidate, long now) {
    return switch (candidate.gate.admit(now)) {
      case Admission.Admitted admitted -> admitted;
      case Admission.Refused refused -> {
        candidate.refused(refused.failure());
        listener.on(new SessionEvent.TargetRefused(candidate.target, refused.failure()), now);
        yield null;
      }
    };
  }

  private Step start(Candidate candidate, Admission.Admitted permit, long now) {
    payment.begun();
    if (candidates.isFirstOfProvider(candidate)) {
      candidate.gate.budget().deposit(now);
    }
    tellMove(candidate, now);
    attempts++;
    lastTried = candidate;
    candidate.begun();
    Attempt attempt = new Attempt(attempts, candidate.target, now);
    listener.on(new SessionEvent.AttemptStarted(attempt, permit.isProbe()), now);
    if (committed) {
      listener.on(new SessionEvent.StreamContinued(attempt), now);
    }
    Continuation continuation =
        committed ? candidate.continuation(shared.rules.models(), now) : Continuation.NONE;
    return run(new Running(attempt, candidate, permit, false, continuation), now);
  }

  private Limits limits(Candidate candidate, long now) {
    Limits limits = shared.rules.timeouts().apply(candidate.target).limits(profile.stream());
    boolean thinksFirst =
        profile.reasoning() || shared.rules.models().factsOf(candidate.target.model()).reasoning();
    boolean canMoveOn = attemptsLeft() > 0 && candidates.anotherIsReady(candidate, now);
    if (thinksFirst && profile.stream()) {
      return limits.thinkingFirst();
    }
    return thinksFirst || !canMoveOn ? limits.withoutFirstContent() : limits;
  }

  private Consequence consequence(Failure failure, long now) {
    long asked = failure.retryAfterNanos().orElse(Long.MAX_VALUE);
    boolean waitFits = asked <= shared.rules.maxRetryAfterNanos() && deadline().allows(now + asked);
    return FailureTable.of(failure, waitFits);
  }

  private Failure decidingFailure(long now) {
    return deadline().isOver(now)
        ? new Failure.DeadlineOver()
        : failures.deciding(candidates.refusal(now));
  }

  private Step giveUp(Failure failure, long now) {
    if (over) {
      return new Step.Stop();
    }
    over = true;
    awaited = null;
    payment.giveBack(now);
    ErrorCode code = consequence(failure, now).ifLast();
    listener.on(new SessionEvent.Failed(failure, code), now);
    long wait = candidates.soonestWaitNanos(now);
    return new Step.GiveUp(failure, code, wait > 0 ? OptionalLong.of(wait) : OptionalLong.empty());
  }

  private void tellMove(Candidate to, long now) {
    Candidate from = lastTried == null ? candidates.first() : lastTried;
    Failure why = lastTried == null ? from.refusal() : failures.last();
    if (from != to && why != null) {
      listener.on(new SessionEvent.MovedOn(from.target, to.target, why), now);
    }
  }
}
