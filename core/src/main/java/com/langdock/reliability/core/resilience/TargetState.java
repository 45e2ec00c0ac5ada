package com.langdock.reliability.core.resilience;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.Target;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether an attempt at a target may begin: by the target's pause, the breaker of its
 * provider and its own breaker. Thread-safe.
 *
 * <p>Failures to reach or use the provider count for the provider's breaker; failed or missing
 * answers count for the target's. So one failing model does not block the other models of its
 * provider, and a dead provider is detected once for all its models. If only one kind of breaker is
 * configured, it records everything.
 */
public final class TargetState {
  private final Target target;
  private final @Nullable CircuitBreaker ofProvider;
  private final @Nullable CircuitBreaker ofTarget;
  private final RetryBudget budget;
  private final long maxPauseNanos;
  private final Pause pause;
  private final RefusedFeatures refused;

  /**
   * A target of which nothing is known.
   *
   * @param breakers the provider's and the target's, of which one may be missing
   * @param budget of the provider, shared with its other targets
   */
  TargetState(Target target, Breakers breakers, RetryBudget budget, long maxPauseNanos) {
    this(target, breakers, budget, maxPauseNanos, null);
  }

  /**
   * A target that shares its pause and what it refuses with {@code before}, which is the same
   * target under the rules before; null for a target of which nothing is known.
   */
  TargetState(
      Target target,
      Breakers breakers,
      RetryBudget budget,
      long maxPauseNanos,
      @Nullable TargetState before) {
    this.target = target;
    this.ofProvider = breakers.ofProvider();
    this.ofTarget = breakers.ofTarget();
    this.budget = budget;
    this.maxPauseNanos = maxPauseNanos;
    this.pause = before == null ? new Pause() : before.pause;
    this.refused = before == null ? new RefusedFeatures() : before.refused;
  }

  /** The breakers of one target. */
  record Breakers(@Nullable CircuitBreaker ofProvider, @Nullable CircuitBreaker ofTarget) {}

  /** Whether an attempt may begin; a paused target takes no probe of its breakers. */
  public Admission admit(long now) {
    return admit(CircuitBreaker::tryAcquire, now);
  }

  /**
   * As {@link #admit}, for a request without another target: the breakers may give an early probe.
   */
  public Admission admitEarly(long now) {
    return admit(CircuitBreaker::tryAcquireEarly, now);
  }

  private interface Acquire {
    Optional<Permit> from(CircuitBreaker breaker, long now);
  }

  private Admission admit(Acquire acquire, long now) {
    long paused = pause.waitNanos(now);
    if (paused > 0) {
      return new Admission.Refused(new Failure.Refused(Failure.Refused.By.PAUSE, paused));
    }
    Permit first = ofProvider == null ? null : acquire.from(ofProvider, now).orElse(null);
    if (ofProvider != null && first == null) {
      return rejected(now);
    }
    Permit second = ofTarget == null ? null : acquire.from(ofTarget, now).orElse(null);
    if (ofTarget != null && second == null) {
      report(ofProvider, first, Outcome.IGNORE, now);
      return rejected(now);
    }
    return new Admission.Admitted(first, second);
  }

  private Admission rejected(long now) {
    return new Admission.Refused(
        new Failure.Refused(Failure.Refused.By.BREAKER, breakerWaitNanos(now)));
  }

  /**
   * Records how an admitted attempt ended.
   *
   * @param about whether a failure is the provider's or the target's; the other breaker ignores it
   */
  public void report(Admission.Admitted permit, Outcome outcome, BreakerScope about, long now) {
    boolean forBoth =
        ofProvider == null
            || ofTarget == null
            || outcome == Outcome.SUCCESS
            || outcome == Outcome.IGNORE;
    boolean providers = forBoth || about == BreakerScope.PROVIDER;
    boolean targets = forBoth || about == BreakerScope.TARGET;
    report(ofProvider, permit.ofProvider(), providers ? outcome : Outcome.IGNORE, now);
    report(ofTarget, permit.ofTarget(), targets ? outcome : Outcome.IGNORE, now);
    if (outcome == Outcome.SUCCESS) {
      pause.succeeded(now);
    }
  }

  private static void report(
      @Nullable CircuitBreaker breaker, @Nullable Permit permit, Outcome outcome, long now) {
    if (breaker != null && permit != null) {
      breaker.report(permit, outcome, now);
    }
  }

  /**
   * Pauses the target for as long as the provider asked, at most for the configured longest pause.
   */
  public void pause(long nanos, long now) {
    pause.ask(now + Math.min(nanos, maxPauseNanos), now);
  }

  /** Pauses a rate-limited target whose provider named no time; ends when an answer succeeds. */
  public void assumePause(long nanos, long now) {
    pause.assume(now + Math.min(nanos, maxPauseNanos), now);
  }

  /** Ends the pause on an operator's request. */
  public void liftPause() {
    pause.lift();
  }

  /** Closes the target's own breaker on an operator's request. */
  void resetTarget(long now) {
    if (ofTarget != null) {
      ofTarget.reset(now);
    }
  }

  /** Closes the provider's breaker on an operator's request. */
  void resetProvider(long now) {
    if (ofProvider != null) {
      ofProvider.reset(now);
    }
  }

  /** Nanoseconds left of the pause, 0 when there is none. */
  public long pauseNanos(long now) {
    return pause.waitNanos(now);
  }

  /** Nanoseconds left of the pause that the provider asked for, 0 when there is none. */
  public long requestedPauseNanos(long now) {
    return pause.askedNanos(now);
  }

  /** Nanoseconds until the breakers may admit a call, 0 when they may now. */
  public long breakerWaitNanos(long now) {
    return Math.max(waitNanos(ofProvider, now), waitNanos(ofTarget, now));
  }

  private static long waitNanos(@Nullable CircuitBreaker breaker, long now) {
    return breaker == null ? 0 : breaker.waitNanos(now);
  }

  /** Whether a breaker is open because the credential is refused or the quota used up. */
  public boolean isOpenForLong() {
    return (ofProvider != null && ofProvider.isOpenForLong())
        || (ofTarget != null && ofTarget.isOpenForLong());
  }

  /** The provider's budget for repeated attempts. */
  public RetryBudget budget() {
    return budget;
  }

  /** Records that the target rejected a prefill; kept for an hour. */
  public void recordPrefillRejected(long now) {
    refused.recordPrefillRejected(now);
  }

  /** Whether the target rejected a prefill within the last hour. */
  public boolean isPrefillRejected(long now) {
    return refused.isPrefillRejected(now);
  }

  /**
   * Records that the target refuses {@code field}, which the gateway itself adds to requests.
   *
   * @return false when it was known already, or when it is one of too many
   */
  public boolean omit(String field) {
    return refused.omit(field);
  }

  /** Fields that the gateway must not add to requests for this target; usually empty. */
  public Set<String> omittedFields() {
    return refused.omittedFields();
  }

  /** A snapshot with the breaker that rejects calls for longer, by default the target's own. */
  public TargetSnapshot snapshot(long now) {
    return new TargetSnapshot(target, decisive(now).snapshot(now), pauseNanos(now));
  }

  private CircuitBreaker decisive(long now) {
    if (ofTarget == null) {
      return Objects.requireNonNull(ofProvider);
    }
    if (ofProvider == null) {
      return ofTarget;
    }
    return ofProvider.waitNanos(now) > ofTarget.waitNanos(now) ? ofProvider : ofTarget;
  }
}
