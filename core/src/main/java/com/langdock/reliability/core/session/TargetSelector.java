package com.langdock.reliability.core.session;

import com.langdock.reliability.core.domain.Deadline;
import com.langdock.reliability.core.resilience.Admission;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the target of a session's next attempt.
 *
 * <p><b>Order.</b> While an untried target is left, a target is repeated at most once, and only if
 * the remaining attempts still cover every untried target; then the session moves on. Moving on
 * never waits; coming back does, and a wait that would end past the deadline is not begun. A target
 * rejected by the gateway itself costs no attempt and no wait. When failures have opened the
 * breakers of all targets, the likeliest one may still get an early probe.
 *
 * <p><b>After commit</b> an untried target comes before any wait, because the client is watching.
 */
final class TargetSelector {
  /** The target of the next attempt. */
  sealed interface Choice {
    /** Start an attempt now, under this permit. */
    record Start(Candidate candidate, Admission.Admitted permit) implements Choice {}

    /** Wait, then ask for a permit; the attempt is already paid for. */
    record Wait(Candidate candidate, long nanos) implements Choice {}
  }

  private final Candidates candidates;
  private final RetryPayment payment;
  private final long maxRetryAfterNanos;
  private final boolean waitsForPauses;
  private final SessionListener listener;

  TargetSelector(
      Candidates candidates,
      RetryPayment payment,
      long maxRetryAfterNanos,
      boolean waitsForPauses,
      SessionListener listener) {
    this.candidates = candidates;
    this.payment = payment;
    this.maxRetryAfterNanos = maxRetryAfterNanos;
    this.waitsForPauses = waitsForPauses;
    this.listener = listener;
  }

  /**
   * The target of the next attempt, null when no target may be tried any more.
   *
   * @param attemptsLeft at least 1
   * @param deadline not over
   * @param committed whether the client has been given content
   */
  @Nullable Choice next(int attemptsLeft, Deadline deadline, boolean committed, long now) {
    List<Candidate> untried = candidates.untried();
    Candidate last = candidates.lastTried();
    if (last != null
        && !committed
        && mayRepeat(last, untried, attemptsLeft)
        && fits(last, deadline, now)
        && payment.pay(last, now)) {
      Choice again = repeat(last, now);
      return again == null ? next(attemptsLeft, deadline, committed, now) : again;
    }
    for (Candidate candidate : untried) {
      Choice start = startIfAdmitted(candidate, now);
      if (start != null) {
        return start;
      }
    }
    Candidate soonest =
        candidates.soonest(
            candidate -> fits(candidate, deadline, now) && payment.isPossible(candidate, now), now);
    if (soonest == null) {
      return lastResort(now);
    }
    if (!payment.pay(soonest, now)) {
      return null;
    }
    Choice back = repeat(soonest, now);
    return back == null ? next(attemptsLeft, deadline, committed, now) : back;
  }

  /**
   * The choice of a target that has been waited for; null, and its payment refunded, when a pause
   * or breaker rejects it after all.
   */
  @Nullable Choice resume(Candidate candidate, long now) {
    Choice start = startIfAdmitted(candidate, now);
    if (start == null) {
      payment.refund(now);
    }
    return start;
  }

  private static boolean mayRepeat(Candidate last, List<Candidate> untried, int attemptsLeft) {
    return last.isWantedInPlace()
        && (untried.isEmpty() || !last.wasRepeated())
        && attemptsLeft > untried.size();
  }

  /** A Retry-After above the configured maximum is never waited for. */
  private boolean fits(Candidate candidate, Deadline deadline, long now) {
    return candidate.isWorthWaitingFor(now)
        && waitsForPause(candidate, now)
        && deadline.allows(now + candidate.waitNanos(now));
  }

  private boolean waitsForPause(Candidate candidate, long now) {
    return waitsForPauses
        ? candidate.state.requestedPauseNanos(now) <= maxRetryAfterNanos
        : candidate.state.pauseNanos(now) == 0;
  }

  private @Nullable Choice repeat(Candidate paid, long now) {
    long wait = paid.waitNanos(now);
    return wait > 0 ? new Choice.Wait(paid, wait) : resume(paid, now);
  }

  private @Nullable Choice lastResort(long now) {
    Candidate likeliest = candidates.lastResort(now);
    return likeliest != null && likeliest.state.admitEarly(now) instanceof Admission.Admitted permit
        ? new Choice.Start(likeliest, permit)
        : null;
  }

  /** Null when a pause or breaker rejects the attempt. */
  private @Nullable Choice startIfAdmitted(Candidate candidate, long now) {
    return switch (candidate.state.admit(now)) {
      case Admission.Admitted admitted -> new Choice.Start(candidate, admitted);
      case Admission.Refused refused -> {
        candidate.refused(refused.failure());
        listener.on(new SessionEvent.TargetRefused(candidate.target, refused.failure()), now);
        yield null;
      }
    };
  }
}
