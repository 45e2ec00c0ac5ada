package com.langdock.reliability.core.session;

import com.langdock.reliability.core.domain.Attempt;
import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.ModelCatalog;
import com.langdock.reliability.core.resilience.Admission;
import org.jspecify.annotations.Nullable;

/**
 * An attempt under way, and how it was made.
 *
 * @param paid whether the retry budget paid for it
 * @param fresh whether it needs a fresh connection
 */
record ActiveAttempt(
    Attempt attempt,
    Candidate candidate,
    Admission.Admitted permit,
    boolean paid,
    boolean fresh,
    Continuation continuation) {

  /**
   * The same attempt in another form, where that may help and was not tried: on a fresh connection,
   * without a field that the gateway added, without signatures, or continued by instruction. Null
   * otherwise.
   */
  @Nullable ActiveAttempt changedAfter(Failure failure, ModelCatalog models, long now) {
    if (failure instanceof Failure.StaleConnection && !fresh) {
      return again(true, continuationNow(models, now));
    }
    if (failure instanceof Failure.AddedFieldRejected rejected
        && candidate.state.omit(rejected.field())) {
      return again(fresh, continuationNow(models, now));
    }
    if (failure instanceof Failure.SignatureRejected && candidate.omitSignatures()) {
      return again(fresh, continuationNow(models, now));
    }
    return continuation == Continuation.PREFILL ? byInstruction(failure, now) : null;
  }

  /** Another request may have learned in the meantime that the target rejects a prefill. */
  private Continuation continuationNow(ModelCatalog models, long now) {
    return continuation == Continuation.PREFILL
        ? candidate.continuation(models, now)
        : continuation;
  }

  private @Nullable ActiveAttempt byInstruction(Failure failure, long now) {
    boolean aboutPrefill = failure instanceof Failure.PrefillRejected;
    if (aboutPrefill) {
      candidate.state.recordPrefillRejected(now);
    }
    return aboutPrefill || failure instanceof Failure.RequestRejected
        ? again(fresh, Continuation.INSTRUCTION)
        : null;
  }

  private ActiveAttempt again(boolean onFreshConnection, Continuation way) {
    return new ActiveAttempt(attempt, candidate, permit, paid, onFreshConnection, way);
  }
}
