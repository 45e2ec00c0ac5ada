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
      Continuation asked =
          continuation == Continuation.NONE
              ? Continuation.NONE
              : candidate.continuation(models, now);
      return new ActiveAttempt(attempt, candidate, permit, paid, true, asked);
    }
    if (failure instanceof Failure.AddedFieldRejected rejected
        && candidate.state.omit(rejected.field())) {
      return this;
    }
    if (failure instanceof Failure.SignatureRejected && candidate.omitSignatures()) {
      return this;
    }
    return continuation == Continuation.PREFILL ? byInstruction(failure, now) : null;
  }

  private @Nullable ActiveAttempt byInstruction(Failure failure, long now) {
    boolean aboutPrefill = failure instanceof Failure.PrefillRejected;
    if (aboutPrefill) {
      candidate.state.recordPrefillRejected(now);
    }
    return aboutPrefill || failure instanceof Failure.RequestRejected
        ? new ActiveAttempt(attempt, candidate, permit, paid, fresh, Continuation.INSTRUCTION)
        : null;
  }
}
