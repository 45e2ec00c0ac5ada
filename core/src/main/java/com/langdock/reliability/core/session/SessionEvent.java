package com.langdock.reliability.core.session;

import com.langdock.reliability.core.domain.Attempt;
import com.langdock.reliability.core.domain.EndedAttempt;
import com.langdock.reliability.core.domain.ErrorCode;
import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.StreamPace;
import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.domain.Usage;

/** An event of a session, for logs, metrics, traces and the journal. */
public sealed interface SessionEvent {

  /**
   * An attempt began.
   *
   * @param probe whether it tries a target whose circuit is half-open
   */
  record AttemptStarted(Attempt attempt, boolean probe) implements SessionEvent {}

  /** The gateway rejected an attempt: the target's breaker is open, or the target is paused. */
  record TargetRefused(Target target, Failure.Refused why) implements SessionEvent {}

  /** The first content of a stream arrived and is committed to the client. */
  record FirstContent(Attempt attempt) implements SessionEvent {}

  /** The tokens used by an attempt, whether its answer was used or not. */
  record TokensUsed(Attempt attempt, Usage usage) implements SessionEvent {}

  /** The pace of an attempt's stream, reported at its end. */
  record StreamFlowed(Attempt attempt, StreamPace pace) implements SessionEvent {}

  /** An attempt failed. */
  record AttemptFailed(EndedAttempt attempt) implements SessionEvent {}

  /**
   * The target's format cannot express the request: it was not called, and the attempt does not
   * count.
   */
  record AttemptSkipped(Attempt attempt, Failure why) implements SessionEvent {}

  /** The session waits before it repeats a target. */
  record RetryScheduled(Target target, int nextNumber, long waitNanos) implements SessionEvent {}

  /** The session moved to another target. */
  record MovedOn(Target from, Target to, Failure why) implements SessionEvent {}

  /** Another attempt continues a broken stream. */
  record StreamContinued(Attempt attempt) implements SessionEvent {}

  /**
   * The request succeeded.
   *
   * @param usage of all attempts together
   */
  record Succeeded(EndedAttempt attempt, Usage usage) implements SessionEvent {}

  /** The request failed. */
  record Failed(Failure failure, ErrorCode code) implements SessionEvent {}

  /** The client closed its connection. */
  record Cancelled() implements SessionEvent {}
}
