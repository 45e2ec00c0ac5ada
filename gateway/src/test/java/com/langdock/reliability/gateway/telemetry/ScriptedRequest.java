package com.langdock.reliability.gateway.telemetry;

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
public final class ScriptedRequest {
  private final SessionListener listener;
  private long now;
  private Attempt attempt = new Attempt(0, new Target("", ""), 0);

  public ScriptedRequest(SessionListener listener, long acceptedAt) {
    this.listener = listener;
    this.now = acceptedAt;
  }

  public ScriptedRequest after(long millis) {
    now += Duration.ofMillis(millis).toNanos();
    return this;
  }

  public ScriptedRequest attempt(int number, Target target) {
    attempt = new Attempt(number, target, now);
    return tell(new SessionEvent.AttemptStarted(attempt, false));
  }

  public ScriptedRequest probe(int number, Target target) {
    attempt = new Attempt(number, target, now);
    return tell(new SessionEvent.AttemptStarted(attempt, true));
  }

  public ScriptedRequest targetIsRefused(Target target, Failure.Refused why) {
    return tell(new SessionEvent.TargetRefused(target, why));
  }

  public ScriptedRequest firstContent() {
    return tell(new SessionEvent.FirstContent(attempt));
  }

  public ScriptedRequest uses(Usage usage) {
    return tell(new SessionEvent.TokensUsed(attempt, usage));
  }

  /** The attempt that later events are about, by default the one that began last. */
  public Attempt running() {
    return attempt;
  }

  /** Later events are about {@code other}, until another attempt begins. */
  public ScriptedRequest about(Attempt other) {
    attempt = other;
    return this;
  }

  /** The moment it is at, in monotonic nanoseconds. */
  public long now() {
    return now;
  }

  public ScriptedRequest attemptIsSkipped(Failure why) {
    return tell(new SessionEvent.AttemptSkipped(attempt, why));
  }

  public ScriptedRequest attemptFails(Failure failure) {
    return tell(new SessionEvent.AttemptFailed(new EndedAttempt(attempt, failure, now)));
  }

  public ScriptedRequest retryIn(long millis) {
    long nanos = Duration.ofMillis(millis).toNanos();
    return tell(new SessionEvent.RetryScheduled(attempt.target(), attempt.number() + 1, nanos));
  }

  public ScriptedRequest moves(Target from, Target to, Failure why) {
    return tell(new SessionEvent.MovedOn(from, to, why));
  }

  public ScriptedRequest streamContinues() {
    return tell(new SessionEvent.StreamContinued(attempt));
  }

  public ScriptedRequest succeeds(Usage usage) {
    tell(new SessionEvent.TokensUsed(attempt, usage));
    return tell(new SessionEvent.Succeeded(new EndedAttempt(attempt, null, now), usage));
  }

  public ScriptedRequest fails(Failure failure, ErrorCode code) {
    return tell(new SessionEvent.Failed(failure, code));
  }

  public ScriptedRequest clientLeaves() {
    return tell(new SessionEvent.Cancelled());
  }

  private ScriptedRequest tell(SessionEvent event) {
    listener.on(event, now);
    return this;
  }
}
