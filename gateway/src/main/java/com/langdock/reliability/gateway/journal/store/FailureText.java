package com.langdock.reliability.gateway.journal.store;

import com.langdock.reliability.core.domain.Failure;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** Describes failures. Never quotes a provider's message, which could quote the request. */
public final class FailureText {
  private static final double MICROS_PER_SECOND = 1e6;

  private FailureText() {}

  /** What a target did that failed like this, such as {@code answered 429, Retry-After 2 s}. */
  public static String of(Failure failure) {
    return switch (failure) {
      case Failure.Unreachable unreachable ->
          "could not be reached: " + unreachable.reason().text();
      case Failure.StaleConnection stale -> "had closed the connection";
      case Failure.Silent silent -> silent(silent.phase());
      case Failure.RateLimited limited -> answered(429, limited.retryAfterNanos());
      case Failure.Overloaded overloaded ->
          answered(overloaded.reply().status(), overloaded.retryAfterNanos());
      case Failure.QuotaExhausted quota ->
          answered(quota.reply().status(), OptionalLong.empty()) + ": the quota is used up";
      case Failure.CredentialRejected rejected ->
          answered(rejected.reply().status(), OptionalLong.empty()) + ": our key was refused";
      case Failure.CredentialExpired expired ->
          answered(expired.reply().status(), OptionalLong.empty()) + ": our credential has ended";
      case Failure.CredentialMissing missing -> "was not called: there is no credential for it";
      case Failure.ModelNotFound unknown -> "does not know the model";
      case Failure.ContextLengthExceeded tooLong -> "rejected the request: context length exceeded";
      case Failure.ContentPolicy policy -> "refused the content by its policy";
      case Failure.Answered other -> answered(other.reply().status(), OptionalLong.empty());
      case Failure.Unreadable unreadable -> unreadable(unreadable.why());
      case Failure.Broken broken -> "broke off the answer";
      case Failure.NotContinued anew -> "began another answer instead of continuing";
      case Failure.Untranslatable field -> "cannot express " + field.field();
      case Failure.Refused refused -> refusal(refused.word());
      case Failure.DeadlineOver over -> "had not answered at the deadline";
      case Failure.GatewayBug bug -> "failed by a bug in the gateway";
      case Failure.OutOfMemory full -> "sent an answer larger than the gateway's free memory";
      case Failure.Withdrawn withdrawn ->
          withdrawn.why() == Failure.Withdrawn.Reason.KEY_REVOKED
              ? "was cancelled: the client's key was revoked"
              : "was cancelled: the client's budget or quota is used up";
      case Failure.GatewayStopping stopping -> "was cancelled: the gateway stopped";
      case Failure.ClientGone gone -> "was cancelled: the client left";
    };
  }

  /** Why a target was not called, by the label of the gateway's own refusal. */
  public static String refusal(String word) {
    return switch (word) {
      case "circuit_open" -> "its circuit is open";
      case "paused" -> "it is cooling down after a Retry-After";
      case "budget_empty" -> "the retry budget is empty";
      default -> word.replace('_', ' ');
    };
  }

  /** Such as {@code 2.0 s}, or {@code 340 ms} below a second. */
  public static String length(long micros) {
    return micros < TimeUnit.SECONDS.toMicros(1)
        ? TimeUnit.MICROSECONDS.toMillis(micros) + " ms"
        : String.format(Locale.ROOT, "%.1f s", micros / MICROS_PER_SECOND);
  }

  private static String answered(int status, OptionalLong retryAfterNanos) {
    return retryAfterNanos.isEmpty()
        ? "answered " + status
        : "answered "
            + status
            + " with Retry-After "
            + length(TimeUnit.NANOSECONDS.toMicros(retryAfterNanos.getAsLong()));
  }

  private static String silent(Failure.Silent.Phase phase) {
    return switch (phase) {
      case HEADERS -> "sent no response headers in time";
      case FIRST_CONTENT -> "sent no content in time";
      case BODY -> "stopped sending in its answer";
    };
  }

  private static String unreadable(Failure.Unreadable.Why why) {
    return switch (why) {
      case NOT_JSON -> "sent an unreadable answer";
      case EMPTY -> "sent an empty answer";
      case TOO_LARGE -> "sent too large an answer";
    };
  }
}
