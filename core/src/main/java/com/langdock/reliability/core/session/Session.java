package com.langdock.reliability.core.session;

import com.langdock.reliability.core.domain.Attempt;
import com.langdock.reliability.core.domain.Deadline;
import com.langdock.reliability.core.domain.EndedAttempt;
import com.langdock.reliability.core.domain.ErrorCode;
import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.Limits;
import com.langdock.reliability.core.domain.StreamPace;
import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.core.resilience.BreakerScope;
import com.langdock.reliability.core.resilience.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The state machine of one request: the driver reports what happened, the session answers with the
 * next {@linkplain Step steps}.
 *
 * <p><b>Idea.</b> All policy is here, in the {@link FailureTable} and in the {@link
 * TargetSelector}; a driver only executes steps. A session runs an attempt, waits, streams content
 * to the client (<i>committed</i>), or is over. After commit, a refusal to continue (a rejected
 * request, a policy) only excludes the target that refused.
 *
 * <p><b>Signals</b> about an attempt name it. A signal about an attempt that is not under way
 * changes nothing: it has ended, or its request has. A signal that can lead to more work is
 * answered with steps, none when there is nothing to do.
 *
 * <p><b>Invariants.</b> At most {@code maxAttempts} attempts. An attempt that repeats a target is
 * paid from its provider's retry budget; the first at a target is free. Every permit is reported
 * once. Exactly one of {@code Succeeded}, {@code Failed} and {@code Cancelled} ends the session;
 * later signals change nothing.
 *
 * <p>Not thread-safe: a session lives on one event loop. Moments are monotonic nanoseconds.
 */
public final class Session {
  private final SessionFactory shared;
  private final RequestTraits traits;
  private final Candidates candidates;
  private final TargetSelector selector;
  private final RetryPayment payment = new RetryPayment();
  private final FailureHistory failures = new FailureHistory();
  private final SessionListener listener;
  private final ActiveAttempts active = new ActiveAttempts();
  private final List<EndedAttempt> ended = new ArrayList<>(4);

  private @Nullable Candidate awaited;
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
    this.selector =
        new TargetSelector(
            candidates,
            payment,
            shared.policy.maxRetryAfterNanos(),
            traits.waitsForPauses(),
            listener);
  }

  /** Begins. */
  public List<Step> begin(long now) {
    return next(now);
  }

  /** Records the tokens used by an attempt. Call once, before reporting its end. */
  public void used(Attempt attempt, Usage usage, long now) {
    if (active.find(attempt) != null && !usage.equals(Usage.NONE)) {
      used = used.plus(usage);
      listener.on(new SessionEvent.TokensUsed(attempt, usage), now);
    }
  }

  /** Records the pace of an attempt's stream. Call once, before reporting its end. */
  public void flowed(Attempt attempt, StreamPace pace, long now) {
    if (active.find(attempt) != null) {
      listener.on(new SessionEvent.StreamFlowed(attempt, pace), now);
    }
  }

  /** Reports that an attempt's answer is complete; false when the attempt ended before. */
  public boolean succeeded(Attempt attempt, long now) {
    ActiveAttempt complete = active.find(attempt);
    if (complete == null) {
      return false;
    }
    complete.candidate().state.report(complete.permit(), Outcome.SUCCESS, BreakerScope.TARGET, now);
    EndedAttempt answer = end(complete, null, now);
    over = true;
    listener.on(new SessionEvent.Succeeded(answer, used), now);
    return true;
  }

  /** Records the first content of an attempt's stream: the client is given it from now on. */
  public void firstContent(Attempt attempt, long now) {
    if (active.find(attempt) != null) {
      committed = true;
      listener.on(new SessionEvent.FirstContent(attempt), now);
    }
  }

  /** Reports that an attempt failed before any of its content reached the client. */
  public List<Step> failed(Attempt attempt, Failure failure, long now) {
    ActiveAttempt failed = active.find(attempt);
    return failed == null ? List.of() : afterFailure(failed, failure, now);
  }

  /**
   * Reports that an attempt's stream broke after content reached the client.
   *
   * @param delivered what this attempt and those before delivered
   */
  public List<Step> broke(Attempt attempt, Failure failure, DeliveredContent delivered, long now) {
    ActiveAttempt broken = active.find(attempt);
    if (broken == null) {
      return List.of();
    }
    failures.broke(failure);
    boolean continuable = delivered == DeliveredContent.TEXT && traits.answer().isPlain();
    if (shared.policy.continueStreams() && continuable) {
      return afterFailure(broken, failure, now);
    }
    return end(failure, now);
  }

  /** Reports that the requested wait is over. */
  public List<Step> waitOver(long now) {
    Candidate candidate = awaited;
    awaited = null;
    if (candidate == null) {
      return List.of();
    }
    if (deadline().isOver(now)) {
      return giveUp(decidingFailure(now), now);
    }
    TargetSelector.Choice choice = selector.resume(candidate, now);
    return choice == null ? next(now) : follow(choice, now);
  }

  /** Reports that the deadline has passed. */
  public List<Step> deadlineOver(long now) {
    return end(new Failure.DeadlineOver(), now);
  }

  /** The client closed its connection. */
  public void clientLeft(long now) {
    if (!over) {
      failActive(new Failure.ClientGone(), now);
      close(now);
      listener.on(new SessionEvent.Cancelled(), now);
    }
  }

  /** Ends the request after a bug in the gateway. */
  public void crashed(long now) {
    end(new Failure.GatewayBug(), now);
  }

  /** Ends the request because the gateway is stopping. */
  public List<Step> stopped(long now) {
    return end(new Failure.GatewayStopping(), now);
  }

  /** Ends the request because it may not go on: its key was revoked, or its budget is passed. */
  public List<Step> withdrawn(Failure.Withdrawn.Reason why, long now) {
    return end(new Failure.Withdrawn(why), now);
  }

  private List<Step> end(Failure failure, long now) {
    failActive(failure, now);
    return giveUp(failure, now);
  }

  private void failActive(Failure failure, long now) {
    for (ActiveAttempt attempt : active.copy()) {
      fail(attempt, failure, consequence(failure, now), now);
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

  /** The tokens used by all attempts so far. */
  public Usage usage() {
    return used;
  }

  /** The current deadline: the request's, or after commit the stream's. */
  public Deadline deadline() {
    return committed ? traits.streamDeadline() : traits.deadline();
  }

  private List<Step> afterFailure(ActiveAttempt failed, Failure failure, long now) {
    Consequence consequence = consequence(failure, now);
    boolean mayGoOn = !deadline().isOver(now) && maySendAgainAfter(failure);
    ActiveAttempt changed =
        mayGoOn ? failed.changedAfter(failure, shared.policy.models(), now) : null;
    if (changed != null) {
      return List.of(run(changed, now));
    }
    if (failure instanceof Failure.Untranslatable notSayable) {
      return skip(failed, notSayable, now);
    }
    fail(failed, failure, consequence, now);
    return isLast(consequence, failure) ? giveUp(failure, now) : next(now);
  }

  /** Whether no other attempt may follow {@code failure}. */
  private boolean isLast(Consequence consequence, Failure failure) {
    return !maySendAgainAfter(failure) || (consequence.isFinal() && !committed);
  }

  private boolean maySendAgainAfter(Failure failure) {
    return traits.isRepeatable() || Unprocessed.isProvenBy(failure);
  }

  /**
   * Runs an attempt; a changed form of an earlier one is not counted again. On a connection that
   * was kept it could not be told whether a provider has read a request, so one that must not be
   * repeated gets its own.
   */
  private Step run(ActiveAttempt attempt, long now) {
    active.put(attempt);
    return new Step.Begin(
        attempt.attempt(),
        limits(attempt.candidate(), now),
        attempt.fresh().connection() || !traits.isRepeatable(),
        attempt.fresh().credential(),
        attempt.candidate().form(attempt.continuation()));
  }

  /** The target was not called: the attempt does not count and costs nothing. */
  private List<Step> skip(ActiveAttempt uncalled, Failure.Untranslatable failure, long now) {
    Candidate candidate = uncalled.candidate();
    candidate.state.report(uncalled.permit(), Outcome.IGNORE, BreakerScope.TARGET, now);
    candidate.exclude();
    if (uncalled.paid()) {
      candidate.state.budget().refund(now);
    }
    active.remove(uncalled.attempt());
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

  private EndedAttempt end(ActiveAttempt finished, @Nullable Failure failure, long now) {
    active.remove(finished.attempt());
    EndedAttempt attempt = new EndedAttempt(finished.attempt(), failure, now);
    ended.add(attempt);
    return attempt;
  }

  /** Checks the deadline itself, since its timer may fire late. */
  private List<Step> next(long now) {
    if (attemptsLeft() == 0 || deadline().isOver(now)) {
      return giveUp(decidingFailure(now), now);
    }
    TargetSelector.Choice choice = selector.next(attemptsLeft(), deadline(), committed, now);
    return choice == null ? giveUp(decidingFailure(now), now) : follow(choice, now);
  }

  private List<Step> follow(TargetSelector.Choice choice, long now) {
    return switch (choice) {
      case TargetSelector.Choice.Start begun -> List.of(start(begun, now));
      case TargetSelector.Choice.Wait wait -> List.of(await(wait, now));
    };
  }

  private int attemptsLeft() {
    return shared.policy.maxAttempts() - attempts;
  }

  private Step await(TargetSelector.Choice.Wait wait, long now) {
    awaited = wait.candidate();
    listener.on(
        new SessionEvent.RetryScheduled(wait.candidate().target, attempts + 1, wait.nanos()), now);
    return new Step.Wait(wait.nanos());
  }

  private Step start(TargetSelector.Choice.Start choice, long now) {
    Candidate candidate = choice.candidate();
    boolean paid = payment.begun();
    if (candidates.isFirstOfProvider(candidate)) {
      candidate.state.budget().deposit(now);
    }
    publishMove(candidate, now);
    attempts++;
    candidates.begun(candidate);
    Attempt attempt = new Attempt(attempts, candidate.target, now);
    listener.on(new SessionEvent.AttemptStarted(attempt, choice.permit().isProbe()), now);
    if (committed) {
      listener.on(new SessionEvent.StreamContinued(attempt), now);
    }
    Continuation continuation =
        committed ? candidate.continuation(shared.policy.models(), now) : Continuation.NONE;
    return run(
        new ActiveAttempt(
            attempt, candidate, choice.permit(), paid, ActiveAttempt.Fresh.NONE, continuation),
        now);
  }

  private Limits limits(Candidate candidate, long now) {
    Limits limits = shared.policy.timeouts().apply(candidate.target).limits(traits.stream());
    boolean reasoning = shared.policy.models().factsOf(candidate.target).reasoning();
    boolean canMoveOn = attemptsLeft() > 0 && candidates.anotherIsReady(candidate, now);
    return traits.relax(limits, reasoning, canMoveOn);
  }

  private Consequence consequence(Failure failure, long now) {
    long asked = failure.retryAfterNanos().orElse(Long.MAX_VALUE);
    boolean waitFits =
        traits.waitsForPauses()
            && asked <= shared.policy.maxRetryAfterNanos()
            && deadline().allows(now + asked);
    return FailureTable.of(failure, waitFits);
  }

  private Failure decidingFailure(long now) {
    return deadline().isOver(now)
        ? new Failure.DeadlineOver()
        : failures.deciding(candidates.refusal(now));
  }

  private List<Step> giveUp(Failure failure, long now) {
    if (over) {
      return List.of();
    }
    close(now);
    ErrorCode code = consequence(failure, now).ifLast();
    listener.on(new SessionEvent.Failed(failure, code), now);
    long wait = candidates.soonestWaitNanos(now);
    OptionalLong retryAfter = wait > 0 ? OptionalLong.of(wait) : OptionalLong.empty();
    return List.of(new Step.GiveUp(failure, code, retryAfter));
  }

  private void publishMove(Candidate to, long now) {
    Candidate last = candidates.lastTried();
    Candidate from = last == null ? candidates.first() : last;
    Failure why = last == null ? from.refusal() : failures.last();
    if (from != to && why != null) {
      listener.on(new SessionEvent.MovedOn(from.target, to.target, why), now);
    }
  }
}
