package com.langdock.reliability.core.session;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.ProviderReply;
import java.time.Duration;
import java.util.OptionalLong;

/** One failure of each kind, for tests. */
final class Failures {
  static final Failure RESET = new Failure.Unreachable(Failure.Unreachable.Cause.RESET);
  static final Failure STALE = new Failure.StaleConnection();
  static final Failure SILENT = new Failure.Silent(Failure.Silent.Phase.HEADERS);
  static final Failure RATE_LIMITED = new Failure.RateLimited(reply(429), OptionalLong.empty());
  static final Failure QUOTA = new Failure.QuotaExhausted(reply(429));
  static final Failure OVERLOADED = new Failure.Overloaded(reply(503), OptionalLong.empty());
  static final Failure SERVER_ERROR = new Failure.ServerError(reply(500));
  static final Failure UNREADABLE = new Failure.Unreadable(Failure.Unreadable.Why.NOT_JSON, 200);
  static final Failure NOT_CONTINUED = new Failure.NotContinued();
  static final Failure BROKEN = new Failure.Broken();
  static final Failure BAD_KEY = new Failure.CredentialRejected(reply(401), false);
  static final Failure BAD_KEY_FOR_MODEL = new Failure.CredentialRejected(reply(403), true);
  static final Failure EXPIRED_KEY = new Failure.CredentialExpired(reply(401));
  static final Failure NO_KEY = new Failure.CredentialMissing();
  static final Failure FORBIDDEN = new Failure.ProviderRefused(reply(403));
  static final Failure ADDED_FIELD = new Failure.AddedFieldRejected(reply(400), "stream_options");
  static final Failure NO_PREFILL = new Failure.PrefillRejected(reply(400));
  static final Failure BAD_SIGNATURE = new Failure.SignatureRejected(reply(400));
  static final Failure NO_STATE = new Failure.StateNotFound(reply(400));
  static final Failure NO_MODEL = new Failure.ModelNotFound(reply(404));
  static final Failure TOO_LONG = new Failure.ContextLengthExceeded(reply(400));
  static final Failure POLICY = new Failure.ContentPolicy(reply(400));
  static final Failure REJECTED = new Failure.RequestRejected(reply(400));
  static final Failure UNTRANSLATABLE = new Failure.Untranslatable("n", "n must be 1");

  private Failures() {}

  static Failure rateLimited(Duration retryAfter) {
    return new Failure.RateLimited(reply(429), OptionalLong.of(retryAfter.toNanos()));
  }

  static Failure overloaded(Duration retryAfter) {
    return new Failure.Overloaded(reply(503), OptionalLong.of(retryAfter.toNanos()));
  }

  private static ProviderReply reply(int status) {
    return ProviderReply.ofStatus(status);
  }
}
