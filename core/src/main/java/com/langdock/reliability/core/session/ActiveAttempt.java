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
 * @param fresh what it needs anew
 */
record ActiveAttempt(
    Attempt attempt,
    Candidate candidate,
    Admission.Admitted permit,
    boolean paid,
    Fresh fresh,
    Continuation continuation) {

  /**
   * What an attempt needs anew.
   *
   * @param connection whether a kept-alive connection must not be used
   * @param credential whether the credential must be fetched first
   */
  record Fresh(boolean connection, boolean credential) {
    static final Fresh NONE = new Fresh(false, false);
  }

  /**
   * The same attempt in another form, where that may help and was not tried: on a fresh connection,
   * with a fresh credential, without a field that the gateway added, without signatures, or
   * continued by instruction. Null otherwise.
   */
  @Nullable ActiveAttempt changedAfter(Failure failure, ModelCatalog models, long now) {
    if (failure instanceof Failure.StaleConnection && !fresh.connection()) {
      return again(new Fresh(true, false), continuationNow(models, now));
    }
    if (failure instanceof Failure.CredentialExpired && candidate.renewCredential()) {
      return again(new Fresh(fresh.connection(), true), continuationNow(models, now));
    }
    if (failure instanceof Failure.AddedFieldRejected rejected
        && candidate.state.omit(rejected.field())) {
      return again(sent(), continuationNow(models, now));
    }
    if (failure instanceof Failure.SignatureRejected && candidate.omitSignatures()) {
      return again(sent(), continuationNow(models, now));
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
        ? again(sent(), Continuation.INSTRUCTION)
        : null;
  }

  /** What a further form needs anew: the credential is fresh by now. */
  private Fresh sent() {
    return new Fresh(fresh.connection(), false);
  }

  private ActiveAttempt again(Fresh anew, Continuation way) {
    return new ActiveAttempt(attempt, candidate, permit, paid, anew, way);
  }
}
