package com.langdock.reliability.core.session;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.ModelCatalog;
import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.resilience.TargetState;
import com.langdock.reliability.core.session.Consequence.Again;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** One target of a session's plan, and its history in this session. */
final class Candidate {
  final Target target;
  final TargetState state;

  private Again again = Again.YES;
  private int attempts;
  private int failures;
  private long readyAt;
  private boolean withoutSignatures;
  private boolean credentialRenewed;
  private boolean asked;
  private long askedUntil;
  private Failure.@Nullable Refused refusal;

  Candidate(Target target, TargetState state, long now) {
    this.target = target;
    this.state = state;
    this.readyAt = now;
  }

  void begun() {
    attempts++;
    refusal = null;
  }

  int countFailure() {
    return ++failures;
  }

  /**
   * Records a failed attempt, and pauses the target if its provider asks for it.
   *
   * @param backoff nanoseconds
   */
  void failed(Consequence consequence, Failure failure, long backoff, long now) {
    OptionalLong asks = failure.retryAfterNanos();
    again = consequence.again();
    readyAt = now + consequence.waitNanos(backoff, asks);
    if (asks.isPresent()) {
      asked = true;
      askedUntil = now + asks.getAsLong();
      state.pause(asks.getAsLong(), now);
    }
  }

  void refused(Failure.Refused failure) {
    refusal = failure;
  }

  void exclude() {
    again = Again.NO;
  }

  Failure.@Nullable Refused refusal() {
    return refusal;
  }

  boolean wasTried() {
    return attempts > 0;
  }

  boolean wasRepeated() {
    return attempts > 1;
  }

  boolean isUntried() {
    return attempts == 0 && again != Again.NO;
  }

  boolean isExcluded() {
    return again == Again.NO;
  }

  /** Whether the failure table asks for this target again before any other. */
  boolean isWantedInPlace() {
    return again == Again.YES || again == Again.AFTER_ITS_WAIT;
  }

  /** Whether to wait for this target; a target with an open breaker is not waited for. */
  boolean isWorthWaitingFor(long now) {
    return again != Again.NO && state.breakerWaitNanos(now) <= 0;
  }

  /** Nanoseconds until a client should ask for it again: by its pause, breaker and Retry-After. */
  long retryAfterNanos(long now) {
    long state = Math.max(this.state.pauseNanos(now), this.state.breakerWaitNanos(now));
    return asked ? Math.max(state, askedUntil - now) : state;
  }

  /** Nanoseconds until it may be tried, by back-off and pause; 0 or less means now. */
  long waitNanos(long now) {
    return Math.max(readyAt - now, state.pauseNanos(now));
  }

  /** Leaves signatures out of later calls of this target; false if they already are. */
  boolean omitSignatures() {
    boolean changed = !withoutSignatures;
    withoutSignatures = true;
    return changed;
  }

  /** Has the credential fetched anew, once per request; false if it was before. */
  boolean renewCredential() {
    boolean changed = !credentialRenewed;
    credentialRenewed = true;
    return changed;
  }

  /** How a request to this target that continues in the given way differs from the client's. */
  RequestForm form(Continuation continuation) {
    return new RequestForm(continuation, state.omittedFields(), withoutSignatures);
  }

  /** How an attempt at this target continues the delivered text. */
  Continuation continuation(ModelCatalog models, long now) {
    boolean prefills = models.factsOf(target).prefill();
    return prefills && !state.isPrefillRejected(now)
        ? Continuation.PREFILL
        : Continuation.INSTRUCTION;
  }
}
