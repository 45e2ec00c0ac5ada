package com.langdock.reliability.core.resilience.breaker;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Stops calling a provider that does not work, and finds out when it works again.
 *
 * <p><b>Idea.</b> CLOSED lets all calls in and counts how they end; too many failures, in a row or
 * as a share of a sliding window, make it OPEN, which lets none in. When the open time is over, the
 * next call makes it HALF_OPEN: a few probes are let in at once, as many successes close it, and
 * one failure opens it again.
 *
 * <p><b>Invariants.</b> Each change of state begins a new generation, and a report for an older one
 * is dropped, so a call that began before an outage cannot close what the outage opened. A probe's
 * place that is not reported within the open time is given away again, so that a lost report heals;
 * what a late probe says still counts. Looking ({@link #snapshot}, {@link #waitNanos}) changes
 * nothing and takes no place. {@link #tryAcquire} lets a call in exactly when {@link #waitNanos} is
 * 0. A success never opens a closed breaker.
 *
 * <p><b>Refused:</b> a timer thread (changes are made by the next call), growing open times (they
 * hide a recovery), percentages without a minimum of calls, atomic variables in place of the lock
 * (state, counts and generation change together).
 *
 * <p>Thread-safe. Moments are monotonic nanoseconds. Listeners are called outside the lock, so two
 * changes made by two threads may be heard in either order.
 */
public final class CircuitBreaker {
  /** A bad credential or a used-up quota is not mended in a minute: open this much longer. */
  static final int LONG_OPEN_FACTOR = 5;

  private final String name;
  private final BreakerRules rules;
  private final BreakerListener listener;
  private final CallWindow window;

  private BreakerState state = BreakerState.CLOSED;
  private String why = "never opened";
  private long since;
  private long generation;
  private long openNanos;
  private int failuresInARow;
  private int probeSuccesses;
  private Probes probes;

  /** A closed breaker, made at {@code now}. */
  public CircuitBreaker(String name, BreakerRules rules, BreakerListener listener, long now) {
    this.name = name;
    this.rules = rules;
    this.listener = listener;
    this.window = new CallWindow(rules.windowNanos(), now);
    this.since = now;
    this.probes = newProbes();
  }

  /** Leave to make a call at {@code now}; empty when the call must not be made. */
  public Optional<Permit> tryAcquire(long now) {
    BreakerChange change = null;
    Optional<Permit> permit;
    synchronized (this) {
      if (state == BreakerState.OPEN && openLeft(now) <= 0) {
        change = turn(BreakerState.HALF_OPEN, "the open time is over", now);
      }
      permit = permit(now);
    }
    tell(change);
    return permit;
  }

  /**
   * How a call ended; to be said once for each permit. What is said of a permit from before a
   * change of state, or of a probe whose place was given away, is dropped.
   */
  public void report(Permit permit, Verdict verdict, long now) {
    BreakerChange change = null;
    synchronized (this) {
      if (permit.generation() == generation) {
        change = permit.probe() == 0 ? count(verdict, now) : judge(permit, verdict, now);
      }
    }
    tell(change);
  }

  /** Nanoseconds until it makes sense to ask again, 0 when now. */
  public synchronized long waitNanos(long now) {
    return switch (state) {
      case CLOSED -> 0;
      case OPEN -> Math.max(0, openLeft(now));
      case HALF_OPEN -> probes.waitNanos(now);
    };
  }

  /** What it is now. */
  public synchronized BreakerSnapshot snapshot(long now) {
    long wait = waitNanos(now);
    boolean probeDue = state == BreakerState.OPEN && wait == 0;
    return new BreakerSnapshot(
        name,
        state,
        probeDue ? why + "; a probe is due" : why,
        since,
        wait,
        failuresInARow,
        window.calls(now),
        window.failures(now));
  }

  private Optional<Permit> permit(long now) {
    return switch (state) {
      case CLOSED -> Optional.of(new Permit(generation, 0));
      case OPEN -> Optional.empty();
      case HALF_OPEN -> {
        long probe = probes.tryTake(now);
        yield probe == 0 ? Optional.empty() : Optional.of(new Permit(generation, probe));
      }
    };
  }

  private @Nullable BreakerChange count(Verdict verdict, long now) {
    switch (verdict) {
      case IGNORE -> {
        return null;
      }
      case OPEN -> {
        return open(LONG_OPEN_FACTOR, "it refuses the credential, or its quota is used up", now);
      }
      case SUCCESS -> failuresInARow = 0;
      case FAILURE -> failuresInARow++;
    }
    window.add(verdict == Verdict.FAILURE, now);
    return verdict == Verdict.FAILURE ? openIfTooMany(now) : null;
  }

  private @Nullable BreakerChange openIfTooMany(long now) {
    int calls = window.calls(now);
    int failures = window.failures(now);
    if (failuresInARow >= rules.threshold()) {
      return open(1, failuresInARow + " failures in a row", now);
    }
    // Divided, not multiplied: 7 of 100 must reach a rate of 0.07, but 0.07 * 100 is above 7.
    double rate = (double) failures / calls;
    boolean tooMany = calls >= rules.minimumCalls() && rate >= rules.failureRate();
    return tooMany ? open(1, failures + " of " + calls + " calls failed", now) : null;
  }

  private @Nullable BreakerChange judge(Permit permit, Verdict verdict, long now) {
    if (!probes.giveBack(permit.probe())) {
      return null;
    }
    return switch (verdict) {
      case IGNORE -> null;
      case FAILURE -> open(1, "a probe failed", now);
      case OPEN -> open(LONG_OPEN_FACTOR, "a probe was refused for long", now);
      case SUCCESS ->
          ++probeSuccesses >= rules.halfOpenProbes()
              ? turn(BreakerState.CLOSED, "the probes succeeded", now)
              : null;
    };
  }

  private BreakerChange open(int factor, String reason, long now) {
    openNanos = factor * rules.openNanos();
    return turn(BreakerState.OPEN, reason, now);
  }

  private BreakerChange turn(BreakerState to, String reason, long now) {
    BreakerChange change = new BreakerChange(name, state, to, reason, now);
    state = to;
    why = reason;
    since = now;
    generation++;
    failuresInARow = 0;
    probeSuccesses = 0;
    probes = newProbes();
    window.clear(now);
    return change;
  }

  private Probes newProbes() {
    return new Probes(rules.halfOpenProbes(), rules.openNanos());
  }

  private long openLeft(long now) {
    return openNanos - (now - since);
  }

  private void tell(@Nullable BreakerChange change) {
    if (change != null) {
      listener.changed(change);
    }
  }
}
