package com.langdock.reliability.core.session;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.Failure.Unreachable.Cause;

/**
 * Tells which failures prove that a provider did not carry out the request, so that even one that
 * must not be carried out twice may be sent again.
 */
final class Unprocessed {
  private Unprocessed() {}

  /** Whether {@code failure} proves it. */
  static boolean isProvenBy(Failure failure) {
    return switch (failure) {
      case Failure.Unreachable unreachable -> unreachable.reason().cause() != Cause.RESET;
      case Failure.RateLimited f -> true;
      case Failure.Refused f -> true;
      case Failure.Untranslatable f -> true;
      case Failure.StateNotFound f -> true;
      case Failure.QuotaExhausted f -> true;
      case Failure.CredentialRejected f -> true;
      case Failure.CredentialExpired f -> true;
      case Failure.CredentialMissing f -> true;
      case Failure.ProviderRefused f -> true;
      case Failure.ModelNotFound f -> true;
      case Failure.ContextLengthExceeded f -> true;
      case Failure.ContentPolicy f -> true;
      case Failure.RequestRejected f -> true;
      case Failure.AddedFieldRejected f -> true;
      case Failure.SignatureRejected f -> true;
      case Failure.PrefillRejected f -> true;
      case Failure.StaleConnection f -> false;
      case Failure.Silent f -> false;
      case Failure.Overloaded f -> false;
      case Failure.ServerError f -> false;
      case Failure.Unreadable f -> false;
      case Failure.Broken f -> false;
      case Failure.NotContinued f -> false;
      case Failure.DeadlineOver f -> false;
      case Failure.GatewayBug f -> false;
      case Failure.OutOfMemory f -> false;
      case Failure.GatewayStopping f -> false;
      case Failure.ClientGone f -> false;
      case Failure.Withdrawn f -> false;
    };
  }
}
