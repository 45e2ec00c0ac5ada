package com.langdock.reliability.core.resilience;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.resilience.breaker.CircuitBreaker;
import com.langdock.reliability.core.resilience.breaker.Permit;
import com.langdock.reliability.core.resilience.breaker.Verdict;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The entrance to a target: its own pause, and a breaker that other targets may share. */
public final class Gate {
  private static final long PREFILL_MEMORY_NANOS = 3_600_000_000_000L;

  /** The gateway adds few fields; a provider that refuses more than this refuses something else. */
  private static final int MAX_OMITTED = 8;

  private final Target target;
  private final CircuitBreaker breaker;
  private final Pause pause = new Pause();
  private volatile long prefillRefusedUntil;
  private volatile boolean prefillRefused;
  private volatile Set<String> omittedFields = Set.of();

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

  /** Records that the model does not continue a last assistant turn; kept for an hour. */
  public void refusesPrefill(long now) {
    prefillRefusedUntil = now + PREFILL_MEMORY_NANOS;
    prefillRefused = true;
  }

  /** Whether the target has refused to continue a last assistant turn within the last hour. */
  public boolean isPrefillRefused(long now) {
    return prefillRefused && prefillRefusedUntil - now > 0;
  }

  /**
   * Records that the target refuses {@code field}, which the gateway itself adds to requests.
   *
   * @return false when it was known already, or when {@value #MAX_OMITTED} others are
   */
  public synchronized boolean omit(String field) {
    if (omittedFields.contains(field) || omittedFields.size() >= MAX_OMITTED) {
      return false;
    }
    Set<String> more = new HashSet<>(omittedFields);
    more.add(field);
    omittedFields = Set.copyOf(more);
    return true;
  }

  /** The fields that the gateway must not add to requests for this target, usually none. */
  public Set<String> omittedFields() {
    return omittedFields;
  }

  /** What it is now. */
  public GateSnapshot snapshot(long now) {
    return new GateSnapshot(target, breaker.snapshot(now), pauseNanos(now));
  }

  private static Admission refused(Failure.Refused.By by, long wait) {
    return new Admission.Refused(new Failure.Refused(by, wait));
  }
}
