package com.langdock.reliability.gateway.observability;

import com.langdock.reliability.core.domain.Attempt;
import com.langdock.reliability.core.domain.EndedAttempt;
import com.langdock.reliability.core.domain.ErrorCode;
import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.core.session.SessionEvent;
import com.langdock.reliability.core.session.SessionListener;
import java.time.Duration;

/** Tells a listener what a session would, moment by moment. */
final class ScriptedRequest {
  private final SessionListener listener;
  private long now;
  private Attempt attempt = new Attempt(0, new Target("", ""), 0);

  ScriptedRequest(SessionListener listener, long acceptedAt) {
    this.listener = listener;
    this.now = acceptedAt;
  }

  ScriptedRequest after(long millis) {
    now += Duration.ofMillis(millis).toNanos();
    return this;
  }

  ScriptedRequest attempt(int number, Target target) {
    attempt = new Attempt(number, target, now);
    return tell(new SessionEvent.AttemptStarted(attempt, false));
  }

  ScriptedRequest attemptIsSkipped(Failure why) {
    return tell(new SessionEvent.AttemptSkipped(attempt, why));
  }

  ScriptedRequest attemptFails(Failure failure) {
    return tell(new SessionEvent.AttemptFailed(new EndedAttempt(attempt, failure, now)));
  }

  ScriptedRequest retryIn(long millis) {
    long nanos = Duration.ofMillis(millis).toNanos();
    return tell(new SessionEvent.RetryScheduled(attempt.target(), attempt.number() + 1, nanos));
  }

  ScriptedRequest moves(Target from, Target to, Failure why) {
    return tell(new SessionEvent.MovedOn(from, to, why));
  }

  ScriptedRequest streamContinues() {
    return tell(new SessionEvent.StreamContinued(attempt));
  }

  ScriptedRequest succeeds(Usage usage) {
    tell(new SessionEvent.TokensUsed(attempt, usage));
    return tell(new SessionEvent.Succeeded(new EndedAttempt(attempt, null, now), usage));
  }

  ScriptedRequest fails(Failure failure, ErrorCode code) {
    return tell(new SessionEvent.Failed(failure, code));
  }

  ScriptedRequest clientLeaves() {
    return tell(new SessionEvent.Cancelled());
  }

  private ScriptedRequest tell(SessionEvent event) {
    listener.on(event, now);
    return this;
  }
}
