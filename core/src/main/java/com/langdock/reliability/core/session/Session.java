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
import com.langdock.reliability.core.resilience.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The state machine of one request: the driver reports what happened, the session answers with the
 * next {@link Step}.
 *
 * <p><b>Idea.</b> All policy is here and in the {@link FailureTable}; a driver only executes steps.
 * A session runs an attempt, waits, streams content to the client (<i>committed</i>), or is over.
 *
 * <p><b>Order.</b> While an untried target is left, a target is repeated at most once, and only if
 * the remaining attempts still cover every untried target; then the session moves on. Moving on
 * never waits; coming back does, and a wait that would end past the deadline is not begun. A target
 * rejected by the gateway itself costs no attempt and no wait. When failures have opened the
 * breakers of all targets, the likeliest one may still get an early probe.
 *
 * <p><b>After commit</b> an untried target comes before any wait, because the client is watching. A
 * refusal to continue (a rejected request, a policy) only excludes the target that refused.
 *
 * <p><b>Invariants.</b> At most {@code maxAttempts} attempts. An attempt that repeats a target is
 * paid from its provider's retry budget; the first at a target is free. Every permit is reported
 * once. Exactly one of {@code Succeeded}, {@code Failed} and {@code Cancelled} ends the session;
 * every later signal is answered with {@link Step.Stop}.
 *
 * <p>Not thread-safe: a session lives on one event loop. Moments are monotonic nanoseconds.
 */
public final class Session {
  private final SessionFactory shared;
  private final RequestTraits traits;
  private final Candidates candidates;
  private final RetryPayment payment = new RetryPayment();
  private final FailureHistory failures = new FailureHistory();
  private final SessionListener listener;
  private final List<EndedAttempt> ended = new ArrayList<>(4);

  private @Nullable ActiveAttempt running;
  private @Nullable Candidate awaited;
  private @Nullable Candidate lastTried;
  private Usage used = Usage.NONE;
  private int attempts;
  private boolean committed;
  private boolean over;

  Session(
      SessionFactory shared,
      RequestTraits traits,
      Candidates candidates,
      SessionListener listener) {
    this.shared = shared;
    this.traits = traits;
    this.candidates = candidates;
    this.listener = listener;
  }

  /** Begins. */
  public Step begin(long now) {
    return next(now);
  }

  /** Records the tokens used by the running attempt. Call once, before reporting its end. */
  public void used(Usage usage, long now) {
    if (running != null && !usage.equals(Usage.NONE)) {
      used = used.plus(usage);
      listener.on(new SessionEvent.TokensUsed(running.attempt(), usage), now);
    }
  }

  /** Records the pace of the running attempt's stream. Call once, before reporting its end. */
  public void flowed(StreamPace pace, long now) {
    if (running != null) {
      listener.on(new SessionEvent.StreamFlowed(running.attempt(), pace), now);
    }
  }

  /** Records that the running attempt's answer is complete; false if the request ended before. */
  public boolean succeeded(long now) {
    if (running == null) {
      return false;
    }
    running.candidate().state.report(running.permit(), Outcome.SUCCESS, BreakerScope.TARGET, now);
    EndedAttempt attempt = end(running, null, now);
    over = true;
    listener.on(new SessionEvent.Succeeded(attempt, used), now);
    return true;
  }

  /** Records the first content of the running stream: it is committed to the client from now on. */
  public void firstContent(long now) {
    if (running != null) {
      committed = true;
      listener.on(new SessionEvent.FirstContent(running.attempt()), now);
    }
  }

  /** Reports that the running attempt failed before any of its content reached the client. */
  public Step failed(Failure failure, long now) {
    return running == null ? new Step.Stop() : afterFailure(running, failure, now);
  }

  /**
   * Reports that the running attempt's stream broke after content reached the client.
   *
   * @param delivered what this attempt and those before delivered
   */
  public Step broke(Failure failure, DeliveredContent delivered, long now) {
    if (running == null) {
      return new Step.Stop();
    }
    failures.broke(failure);
    boolean continuable = delivered == DeliveredContent.TEXT && traits.answer().isPlain();
    if (shared.policy.continueStreams() && continuable) {
      return afterFailure(running, failure, now);
    }
    return end(failure, now);
  }

  /** Reports that the requested wait is over. */
  public Step waitOver(long now) {
    Candidate candidate = awaited;
    awaited = null;
    if (candidate == null) {
      return new Step.Stop();
    }
    return deadline().isOver(now) ? giveUp(decidingFailure(now), now) : resume(candidate, now);
  }

  /** Reports that the deadline has passed. */
  public Step deadlineOver(long now) {
    return end(new Failure.DeadlineOver(), now);
  }

  /** The client closed its connection. */
  public Step clientLeft(long now) {
    if (over) {
      return new Step.Stop();
    }
    failRunning(new Failure.ClientGone(), now);
    close(now);
    listener.on(new SessionEvent.Cancelled(), now);
    return new Step.Stop();
  }

  /** Ends the request after a bug in the gateway. */
  public Step crashed(long now) {
    return end(new Failure.GatewayBug(), now);
  }

  /** Ends the request because the gateway is stopping. */
  public Step stopped(long now) {
    return end(new Failure.GatewayStopping(), now);
  }

  private Step end(Failure failure, long now) {
    failRunning(failure, now);
    return giveUp(failure, now);
  }

  private void failRunning(Failure failure, long now) {
    if (running != null) {
      fail(running, failure, consequence(failure, now), now);
    }
  }

  private void close(long now) {
    over = true;
    awaited = null;
    payment.refund(now);
  }

  /** The attempts that have ended, in order. */
  public List<EndedAttempt> endedAttempts() {
    return Collections.unmodifiableList(ended);
  }

  /** The current deadline: the request's, or after commit the stream's. */
  public Deadline deadline() {
    return committed ? traits.streamDeadline() : traits.deadline();
  }

  private Step afterFailure(ActiveAttempt failed, Failure failure, long now) {
    Consequence consequence = consequence(failure, now);
    boolean late = deadline().isOver(now);
    ActiveAttempt changed = late ? null : failed.changedAfter(failure, shared.policy.models(), now);
    if (changed != null) {
      return run(changed, now);
    }
    if (failure instanceof Failure.Untranslatable notSayable) {
      return skip(failed, notSayable, now);
    }
    fail(failed, failure, consequence, now);
    return consequence.isFinal() && !committed ? giveUp(failure, now) : next(now);
  }

  /** Runs an attempt; a changed form of an earlier one is not counted again. */
  private Step run(ActiveAttempt attempt, long now) {
    running = attempt;
    return new Step.Begin(
        attempt.attempt(),
        limits(attempt.candidate(), now),
        attempt.fresh(),
        attempt.continuation(),
        attempt.candidate().state.omittedFields());
  }

  /** The target was not called: the attempt does not count and costs nothing. */
  private Step skip(ActiveAttempt uncalled, Failure.Untranslatable failure, long now) {
    Candidate candidate = uncalled.candidate();
    candidate.state.report(uncalled.permit(), Outcome.IGNORE, BreakerScope.TARGET, now);
    candidate.exclude();
    payment.refundUncalled(candidate, now);
    running = null;
    failures.skipped(failure);
    attempts--;
    listener.on(new SessionEvent.AttemptSkipped(uncalled.attempt(), failure), now);
    return next(now);
  }

  private void fail(ActiveAttempt failed, Failure failure, Consequence consequence, long now) {
    failures.failed(failure);
    Candidate candidate = failed.candidate();
    candidate.state.report(failed.permit(), consequence.outcome(), consequence.about(), now);
    EndedAttempt attempt = end(failed, failure, now);
    long backoff = shared.policy.backoff().waitNanos(candidate.countFailure(), shared.random);
    candidate.failed(consequence, failure, backoff, now);
    if (failure instanceof Failure.RateLimited && failure.retryAfterNanos().isEmpty()) {
      candidate.state.assumePause(shared.policy.backoff().baseNanos(), now);
    }
    if (consequence.elsewhere() == Consequence.Elsewhere.LARGER_WINDOW) {
      candidates.excludeWindowsUpTo(candidate, shared.policy.models());
    }
    listener.on(new SessionEvent.AttemptFailed(attempt), now);
  }

  private EndedAttempt end(ActiveAttempt running, @Nullable Failure failure, long now) {
    this.running = null;
    EndedAttempt attempt = new EndedAttempt(running.attempt(), failure, now);
    ended.add(attempt);
    return attempt;
  }

  /** Checks the deadline itself, since its timer may fire late. */
  private Step next(long now) {
    if (attemptsLeft() == 0 || deadline().isOver(now)) {
      return giveUp(decidingFailure(now), now);
    }
    List<Candidate> untried = candidates.untried();
    Candidate last = lastTried;
    Step again = last != null && mayRepeat(last, untried, now) ? repeat(last, now) : null;
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
    Step back = soonest == null ? lastResort(now) : repeat(soonest, now);
    return back == null ? giveUp(decidingFailure(now), now) : back;
  }

  /** After commit an untried target comes first, because the client is waiting. */
  private boolean mayRepeat(Candidate last, List<Candidate> untried, long now) {
    return !committed
        && last.isWantedInPlace()
        && (untried.isEmpty() || !last.wasRepeated())
        && attemptsLeft() > untried.size()
        && fits(last, now);
  }

  private int attemptsLeft() {
    return shared.policy.maxAttempts() - attempts;
  }

  /** A Retry-After above the configured maximum is never waited for. */
  private boolean fits(Candidate candidate, long now) {
    return candidate.isWorthWaitingFor(now)
        && candidate.state.requestedPauseNanos(now) <= shared.policy.maxRetryAfterNanos()
        && deadline().allows(now + candidate.waitNanos(now));
  }

  /** Repeats a target after its wait; null when the retry budget is empty. */
  private @Nullable Step repeat(Candidate candidate, long now) {
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
      payment.refund(now);
      return next(now);
    }
    return start(candidate, permit, now);
  }

  private @Nullable Step lastResort(long now) {
    Candidate likeliest = candidates.lastResort(now);
    return likeliest != null && likeliest.state.admitEarly(now) instanceof Admission.Admitted permit
        ? start(likeliest, permit, now)
        : null;
  }

  /** A permit for an attempt, or null if a pause or breaker rejects it. */
  private Admission.@Nullable Admitted admit(Candidate candidate, long now) {
    return switch (candidate.state.admit(now)) {
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
      candidate.state.budget().deposit(now);
    }
    publishMove(candidate, now);
    attempts++;
    lastTried = candidate;
    candidate.begun();
    Attempt attempt = new Attempt(attempts, candidate.target, now);
    listener.on(new SessionEvent.AttemptStarted(attempt, permit.isProbe()), now);
    if (committed) {
      listener.on(new SessionEvent.StreamContinued(attempt), now);
    }
    Continuation continuation =
        committed ? candidate.continuation(shared.policy.models(), now) : Continuation.NONE;
    return run(new ActiveAttempt(attempt, candidate, permit, false, continuation), now);
  }

  private Limits limits(Candidate candidate, long now) {
    Limits limits = shared.policy.timeouts().apply(candidate.target).limits(traits.stream());
    boolean reasoning = shared.policy.models().factsOf(candidate.target.model()).reasoning();
    boolean canMoveOn = attemptsLeft() > 0 && candidates.anotherIsReady(candidate, now);
    return traits.relax(limits, reasoning, canMoveOn);
  }

  private Consequence consequence(Failure failure, long now) {
    long asked = failure.retryAfterNanos().orElse(Long.MAX_VALUE);
    boolean waitFits =
        asked <= shared.policy.maxRetryAfterNanos() && deadline().allows(now + asked);
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
    close(now);
    ErrorCode code = consequence(failure, now).ifLast();
    listener.on(new SessionEvent.Failed(failure, code), now);
    long wait = candidates.soonestWaitNanos(now);
    return new Step.GiveUp(failure, code, wait > 0 ? OptionalLong.of(wait) : OptionalLong.empty());
  }

  private void publishMove(Candidate to, long now) {
    Candidate from = lastTried == null ? candidates.first() : lastTried;
    Failure why = lastTried == null ? from.refusal() : failures.last();
    if (from != to && why != null) {
      listener.on(new SessionEvent.MovedOn(from.target, to.target, why), now);
    }
  }
}
