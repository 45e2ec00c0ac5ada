package com.langdock.reliability.core.session;

import static com.langdock.reliability.core.domain.ErrorCode.CIRCUIT_OPEN;
import static com.langdock.reliability.core.domain.ErrorCode.CLIENT_GONE;
import static com.langdock.reliability.core.domain.ErrorCode.CONTENT_POLICY_VIOLATION;
import static com.langdock.reliability.core.domain.ErrorCode.CONTEXT_LENGTH_EXCEEDED;
import static com.langdock.reliability.core.domain.ErrorCode.DEADLINE_EXCEEDED;
import static com.langdock.reliability.core.domain.ErrorCode.GATEWAY_OVERLOADED;
import static com.langdock.reliability.core.domain.ErrorCode.GATEWAY_STOPPING;
import static com.langdock.reliability.core.domain.ErrorCode.INSUFFICIENT_QUOTA;
import static com.langdock.reliability.core.domain.ErrorCode.INTERNAL_ERROR;
import static com.langdock.reliability.core.domain.ErrorCode.INVALID_API_KEY;
import static com.langdock.reliability.core.domain.ErrorCode.MALFORMED_RESPONSE;
import static com.langdock.reliability.core.domain.ErrorCode.MODEL_NOT_FOUND;
import static com.langdock.reliability.core.domain.ErrorCode.PROVIDER_AUTH_FAILED;
import static com.langdock.reliability.core.domain.ErrorCode.PROVIDER_ERROR;
import static com.langdock.reliability.core.domain.ErrorCode.PROVIDER_OVERLOADED;
import static com.langdock.reliability.core.domain.ErrorCode.PROVIDER_REFUSED;
import static com.langdock.reliability.core.domain.ErrorCode.PROVIDER_TIMEOUT;
import static com.langdock.reliability.core.domain.ErrorCode.PROVIDER_UNREACHABLE;
import static com.langdock.reliability.core.domain.ErrorCode.QUOTA_EXHAUSTED;
import static com.langdock.reliability.core.domain.ErrorCode.RATE_LIMIT_EXCEEDED;
import static com.langdock.reliability.core.domain.ErrorCode.REQUEST_REJECTED;
import static com.langdock.reliability.core.resilience.Outcome.FAILURE;
import static com.langdock.reliability.core.resilience.Outcome.IGNORE;
import static com.langdock.reliability.core.resilience.Outcome.OPEN;
import static com.langdock.reliability.core.resilience.Outcome.SUCCESS;

import com.langdock.reliability.core.domain.ErrorCode;
import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.resilience.BreakerScope;
import com.langdock.reliability.core.resilience.Outcome;
import com.langdock.reliability.core.session.Consequence.Again;
import com.langdock.reliability.core.session.Consequence.Elsewhere;

/**
 * The consequence of every failure, one line each: whether to try the same target or another one,
 * what which breaker records, and the client's error code if it is the last.
 *
 * <p>There is no default line: a new failure does not compile without one.
 */
final class FailureTable {
  private FailureTable() {}

  /**
   * The line of {@code failure}.
   *
   * @param waitFits whether the wait that the provider asked for is short enough to be waited for
   */
  static Consequence of(Failure failure, boolean waitFits) {
    return switch (failure) {
      case Failure.Unreachable f ->
          line(Again.YES, Elsewhere.YES, FAILURE, PROVIDER_UNREACHABLE).ofProvider();
      case Failure.StaleConnection f ->
          line(Again.AT_ONCE, Elsewhere.YES, IGNORE, PROVIDER_UNREACHABLE);
      case Failure.Silent f -> line(Again.IF_ALONE, Elsewhere.YES, FAILURE, PROVIDER_TIMEOUT);
      case Failure.RateLimited f when waitFits ->
          line(Again.AFTER_ITS_WAIT, Elsewhere.YES, IGNORE, RATE_LIMIT_EXCEEDED);
      case Failure.RateLimited f when f.retryAfterNanos().isPresent() ->
          line(Again.NO, Elsewhere.YES, IGNORE, RATE_LIMIT_EXCEEDED);
      case Failure.RateLimited f ->
          line(Again.IF_ALONE, Elsewhere.YES, IGNORE, RATE_LIMIT_EXCEEDED);
      case Failure.QuotaExhausted f ->
          line(Again.NO, Elsewhere.YES, OPEN, QUOTA_EXHAUSTED).ofProvider();
      case Failure.Overloaded f -> line(Again.YES, Elsewhere.YES, FAILURE, PROVIDER_OVERLOADED);
      case Failure.ServerError f -> line(Again.YES, Elsewhere.YES, FAILURE, PROVIDER_ERROR);
      case Failure.Unreadable f -> line(Again.YES, Elsewhere.YES, FAILURE, MALFORMED_RESPONSE);
      case Failure.Broken f -> line(Again.YES, Elsewhere.YES, FAILURE, PROVIDER_ERROR);
      case Failure.NotContinued f -> line(Again.NO, Elsewhere.YES, SUCCESS, PROVIDER_ERROR);
      case Failure.CredentialRejected f when f.ofModel() ->
          line(Again.NO, Elsewhere.YES, OPEN, PROVIDER_AUTH_FAILED);
      case Failure.CredentialRejected f ->
          line(Again.NO, Elsewhere.YES, OPEN, PROVIDER_AUTH_FAILED).ofProvider();
      case Failure.CredentialExpired f ->
          line(Again.NO, Elsewhere.YES, OPEN, PROVIDER_AUTH_FAILED).ofProvider();
      case Failure.CredentialMissing f ->
          line(Again.IF_ALONE, Elsewhere.YES, IGNORE, PROVIDER_AUTH_FAILED);
      case Failure.ProviderRefused f -> line(Again.NO, Elsewhere.YES, IGNORE, PROVIDER_REFUSED);
      case Failure.ModelNotFound f -> line(Again.NO, Elsewhere.YES, IGNORE, MODEL_NOT_FOUND);
      case Failure.ContextLengthExceeded f ->
          line(Again.NO, Elsewhere.LARGER_WINDOW, SUCCESS, CONTEXT_LENGTH_EXCEEDED);
      case Failure.ContentPolicy f ->
          line(Again.NO, Elsewhere.NO, SUCCESS, CONTENT_POLICY_VIOLATION);
      case Failure.RequestRejected f -> line(Again.NO, Elsewhere.NO, SUCCESS, REQUEST_REJECTED);
      case Failure.AddedFieldRejected f ->
          line(Again.AT_ONCE, Elsewhere.NO, SUCCESS, REQUEST_REJECTED);
      case Failure.SignatureRejected f -> line(Again.NO, Elsewhere.NO, SUCCESS, REQUEST_REJECTED);
      case Failure.StateNotFound f -> line(Again.NO, Elsewhere.YES, SUCCESS, REQUEST_REJECTED);
      case Failure.PrefillRejected f -> line(Again.NO, Elsewhere.YES, SUCCESS, REQUEST_REJECTED);
      case Failure.Untranslatable f -> line(Again.NO, Elsewhere.YES, IGNORE, REQUEST_REJECTED);
      case Failure.Refused f when f.by() == Failure.Refused.By.PAUSE ->
          line(Again.IF_ALONE, Elsewhere.YES, IGNORE, RATE_LIMIT_EXCEEDED);
      case Failure.Refused f -> line(Again.NO, Elsewhere.YES, IGNORE, CIRCUIT_OPEN);
      case Failure.DeadlineOver f -> line(Again.NO, Elsewhere.NO, IGNORE, DEADLINE_EXCEEDED);
      case Failure.GatewayBug f -> line(Again.NO, Elsewhere.YES, IGNORE, INTERNAL_ERROR);
      case Failure.OutOfMemory f -> line(Again.NO, Elsewhere.NO, IGNORE, GATEWAY_OVERLOADED);
      case Failure.GatewayStopping f -> line(Again.NO, Elsewhere.NO, IGNORE, GATEWAY_STOPPING);
      case Failure.Withdrawn f when f.why() == Failure.Withdrawn.Reason.KEY_REVOKED ->
          line(Again.NO, Elsewhere.NO, IGNORE, INVALID_API_KEY);
      case Failure.Withdrawn f -> line(Again.NO, Elsewhere.NO, IGNORE, INSUFFICIENT_QUOTA);
      case Failure.ClientGone f -> line(Again.NO, Elsewhere.NO, IGNORE, CLIENT_GONE);
    };
  }

  private static Consequence line(
      Again again, Elsewhere elsewhere, Outcome outcome, ErrorCode ifLast) {
    return new Consequence(again, elsewhere, outcome, BreakerScope.TARGET, ifLast);
  }
}
