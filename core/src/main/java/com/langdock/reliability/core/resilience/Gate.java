package com.langdock.reliability.core.resilience;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.resilience.breaker.CircuitBreaker;
import com.langdock.reliability.core.resilience.breaker.Permit;
import com.langdock.reliability.core.resilience.breaker.Verdict;
import java.util.Optional;

/** The entrance to a target: its own pause, and a breaker that other targets may share. */
public final class Gate {
  private final Target target;
  private final CircuitBreaker breaker;
  private final Pause pause = new Pause();
  private volatile boolean prefillRefused;

  /** A gate without a pause. */
  public Gate(Target target, CircuitBreaker breaker) {
    this.target = target;
    this.breaker = breaker;
  }

  /** Whether an attempt may begin; a paused target takes no probe of its breaker. */
  public Admission admit(long now) {
    long paused = pause.waitNanos(now);
    if (paused > 0) {
      return refused(Failure.Refused.By.PAUSE, paused);
    }
    Optional<Permit> permit = breaker.tryAcquire(now);
    return permit.isPresent()
        ? new Admission.Admitted(permit.get())
        : refused(Failure.Refused.By.BREAKER, breaker.waitNanos(now));
  }

  /** How an admitted attempt ended. */
  public void report(Permit permit, Verdict verdict, long now) {
    breaker.report(permit, verdict, now);
  }

  /** Lets nothing in until {@code moment}. */
  public void pause(long moment) {
    pause.until(moment);
  }

  /** Nanoseconds left of the pause, 0 when there is none. */
  public long pauseNanos(long now) {
    return pause.waitNanos(now);
  }

  /** Nanoseconds until the breaker may let something in, 0 when it may now. */
  public long breakerWaitNanos(long now) {
    return breaker.waitNanos(now);
  }

  /** The target does not go on from a last assistant turn; to be asked otherwise from now on. */
  public void refusesPrefill() {
    prefillRefused = true;
  }

  /** Whether the target was seen to refuse a last assistant turn. */
  public boolean isPrefillRefused() {
    return prefillRefused;
  }

  /** What it is now. */
  public GateSnapshot snapshot(long now) {
    return new GateSnapshot(target, breaker.snapshot(now), pauseNanos(now));
  }

  private static Admission refused(Failure.Refused.By by, long wait) {
    return new Admission.Refused(new Failure.Refused(by, wait));
  }
}
