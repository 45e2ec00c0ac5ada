package com.langdock.reliability.core.session;

import com.langdock.reliability.core.domain.Attempt;
import com.langdock.reliability.core.domain.EndedAttempt;
import com.langdock.reliability.core.domain.ErrorCode;
import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.StreamPace;
import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.domain.Usage;

/** What a session did, for those who watch: logs, metrics, journal. */
public sealed interface SessionEvent {

  /**
   * An attempt began.
   *
   * @param probe whether it tries a target whose circuit is half-open
   */
  record AttemptStarted(Attempt attempt, boolean probe) implements SessionEvent {}

  /** The gateway itself let no attempt begin there: its breaker is open, or it is paused. */
  record TargetRefused(Target target, Failure.Refused why) implements SessionEvent {}

  /** The first content of a stream arrived: from now on the client sees it. */
  record FirstContent(Attempt attempt) implements SessionEvent {}

  /** The running attempt cost these tokens, whether its answer was used or not. */
  record TokensUsed(Attempt attempt, Usage usage) implements SessionEvent {}

  /** How the running attempt's stream flowed; told when it has ended. */
  record StreamFlowed(Attempt attempt, StreamPace pace) implements SessionEvent {}

  /** An attempt failed. */
  record AttemptFailed(EndedAttempt attempt) implements SessionEvent {}

  /** The target cannot be asked this request: it was not called, and the attempt does not count. */
  record AttemptSkipped(Attempt attempt, Failure why) implements SessionEvent {}

  /** The session waits before it comes back to a target. */
  record RetryScheduled(Target target, int nextNumber, long waitNanos) implements SessionEvent {}

  /** The session leaves a target for another one. */
  record MovedOn(Target from, Target to, Failure why) implements SessionEvent {}

  /** A broken stream goes on at another attempt. */
  record StreamContinued(Attempt attempt) implements SessionEvent {}

  /**
   * The client's answer is whole.
   *
   * @param usage of all attempts together
   */
  record Succeeded(EndedAttempt attempt, Usage usage) implements SessionEvent {}

  /** The request failed. */
  record Failed(Failure failure, ErrorCode code) implements SessionEvent {}

  /** The client left. */
  record Cancelled() implements SessionEvent {}
}
