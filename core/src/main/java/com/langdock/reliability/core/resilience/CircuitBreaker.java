package com.langdock.reliability.core.resilience;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Rejects calls to a failing provider or target, and probes whether it works again.
 *
 * <p><b>States.</b> CLOSED lets all calls through and counts them ({@link CallWindow}); too large a
 * share of failures makes it OPEN, which rejects all calls. With few calls in the window a run of
 * failures decides instead. When the open time is over, the next call makes it HALF_OPEN: a few
 * probes are let through at once, as many successes close it, and one failure opens it again, for
 * twice as long, up to the longest time. A refused credential or a used-up quota opens it at once,
 * for {@value #LONG_OPEN_FACTOR} times the longest time.
 *
 * <p><b>Early probes.</b> A caller that has no other target may ask for a probe before the open
 * time is over ({@link #tryAcquireEarly}), once a second; if that fails, the open time goes on as
 * if nothing had happened.
 *
 * <p><b>Invariants.</b> Each change of state begins a new generation, and a report for an older one
 * is dropped, so a call that began before an outage cannot close what the outage opened. A probe's
 * place that is not reported within the open time is given away again, so that a lost report heals;
 * the outcome of a late probe still counts. Reading ({@link #snapshot}, {@link #waitNanos}) changes
 * nothing and takes no place. {@link #tryAcquire} gives a permit exactly when {@link #waitNanos} is
 * 0. A success never opens a closed breaker.
 *
 * <p><b>Refused:</b> a timer thread (the next call makes the change), percentages without a minimum
 * of calls, a run of failures as a reason at high rates (one failure in five gives a run of five
 * every few thousand calls), atomic variables in place of the lock (state, counts and generation
 * change together). Up to {@value #JITTER_PERCENT} % of an open time is taken off at random, so
 * that several gateways do not probe in the same moment.
 *
 * <p>Thread-safe. Moments are monotonic nanoseconds. Listeners are called outside the lock, so two
 * changes made by two threads may be heard in either order.
 */
public final class CircuitBreaker {
  /** A bad credential or a used-up quota lasts: open this much longer. */
  static final int LONG_OPEN_FACTOR = 5;

  /** At most one early probe in this time. */
  static final long EARLY_PROBE_NANOS = 1_000_000_000L;

  private static final int JITTER_PERCENT = 5;

  private final String name;
  private final BreakerListener listener;
  private final RandomGenerator random;

  private BreakerRules rules;
  private CallWindow window;
  private BreakerState state = BreakerState.CLOSED;
  private String why = "never opened";
  private long since;
  private long generation;
  private long openNanos;
  private long openUntil;
  private long earlyProbeAt;
  private boolean openForLong;
  private boolean probesEarly;
  private int failuresInARow;
  private int probeSuccesses;
  private Probes probes;

  /**
   * A closed breaker, made at {@code now}.
   *
   * @param random for the open times; must allow calls from every thread that uses the breaker
   */
  public CircuitBreaker(
      String name, BreakerRules rules, BreakerListener listener, RandomGenerator random, long now) {
    this.name = name;
    this.rules = rules;
    this.listener = listener;
    this.random = random;
    this.window = new CallWindow(rules.windowNanos(), now);
    this.since = now;
    this.probes = newProbes();
  }

  /** The breaker's name: a provider, or {@code provider/model}. */
  public String name() {
    return name;
  }

  /** Tries to acquire a permit for one call; empty while the breaker rejects calls. */
  public Optional<Permit> tryAcquire(long now) {
    return tryAcquire(false, now);
  }

  /**
   * Tries to acquire a permit, as a probe before the open time is over where there is no other;
   * empty when such a probe was tried within the last second, and while the breaker is open for a
   * refused credential or a used-up quota.
   */
  public Optional<Permit> tryAcquireEarly(long now) {
    return tryAcquire(true, now);
  }

  private Optional<Permit> tryAcquire(boolean early, long now) {
    BreakerChange change = null;
    Optional<Permit> permit;
    synchronized (this) {
      if (state == BreakerState.OPEN && openUntil - now <= 0) {
        change = turn(BreakerState.HALF_OPEN, "the open time is over", now);
      } else if (state == BreakerState.OPEN && early && mayProbeEarly(now)) {
        change = turn(BreakerState.HALF_OPEN, "a call has no other target", now);
        probesEarly = true;
      }
      permit = permit(now);
    }
    publish(change);
    return permit;
  }

  /**
   * Records how a call ended; call it once for each permit. A report for a permit from before a
   * change of state is dropped.
   */
  public void report(Permit permit, Outcome outcome, long now) {
    BreakerChange change = null;
    synchronized (this) {
      if (permit.generation() == generation) {
        change = permit.isProbe() ? judge(permit, outcome, now) : count(permit, outcome, now);
      }
    }
    publish(change);
  }

  /**
   * Follows other rules from now on. The state stays; an open time is at most what the new rules
   * allow. Counts stay where the window and the number of probes do; otherwise they begin anew, and
   * the calls under way count no more.
   */
  public synchronized void follow(BreakerRules next, long now) {
    boolean sameCounts =
        next.windowNanos() == rules.windowNanos()
            && next.halfOpenProbes() == rules.halfOpenProbes();
    rules = next;
    long longest = openForLong ? LONG_OPEN_FACTOR * next.maxOpenNanos() : next.maxOpenNanos();
    openNanos = Math.min(openNanos, longest);
    openUntil = openUntil - now > longest ? now + longest : openUntil;
    if (!sameCounts) {
      window = new CallWindow(next.windowNanos(), now);
      restartCounts();
    }
  }

  /** Closes the breaker and clears its counts, on an operator's request. */
  public void reset(long now) {
    BreakerChange change = null;
    synchronized (this) {
      if (state == BreakerState.CLOSED) {
        failuresInARow = 0;
        window.clear(now);
        generation++;
      } else {
        change = turn(BreakerState.CLOSED, "an operator reset it", now);
      }
    }
    publish(change);
  }

  /** Nanoseconds until a permit may be available, 0 when one is. */
  public synchronized long waitNanos(long now) {
    return switch (state) {
      case CLOSED -> 0;
      case OPEN -> Math.max(0, openUntil - now);
      case HALF_OPEN -> probes.waitNanos(now);
    };
  }

  /** Whether it rejects calls because of a refused credential or a used-up quota. */
  public synchronized boolean isOpenForLong() {
    return state == BreakerState.OPEN && openForLong;
  }

  /** A snapshot at {@code now}. */
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

  private boolean mayProbeEarly(long now) {
    return !openForLong && earlyProbeAt - now <= 0;
  }

  private Optional<Permit> permit(long now) {
    return switch (state) {
      case CLOSED -> Optional.of(new Permit(generation, 0, window.begin(now)));
      case OPEN -> Optional.empty();
      case HALF_OPEN -> {
        long probe = probes.tryAcquire(now);
        yield probe == 0 ? Optional.empty() : Optional.of(new Permit(generation, probe, 0));
      }
    };
  }

  private @Nullable BreakerChange count(Permit permit, Outcome outcome, long now) {
    return switch (outcome) {
      case IGNORE -> {
        window.ignored(permit.slice(), now);
        yield null;
      }
      case OPEN -> openLong(now);
      case SUCCESS -> {
        failuresInARow = 0;
        window.succeeded(permit.slice(), now);
        yield null;
      }
      case FAILURE -> {
        failuresInARow++;
        window.failed(permit.slice(), now);
        yield openIfTooMany(permit, now);
      }
    };
  }

  private @Nullable BreakerChange openIfTooMany(Permit permit, long now) {
    if (window.isRunTooLong(failuresInARow, permit.slice(), rules)) {
      return open(rules.firstOpenNanos(), failuresInARow + " failures in a row", now);
    }
    return window.failsTooOften(permit.slice(), rules)
        ? open(
            rules.firstOpenNanos(),
            window.failures(now) + " of " + window.calls(now) + " calls failed",
            now)
        : null;
  }

  private @Nullable BreakerChange judge(Permit permit, Outcome outcome, long now) {
    if (!probes.release(permit.probe())) {
      return null;
    }
    return switch (outcome) {
      case IGNORE -> null;
      case FAILURE -> probeFailed(now);
      case OPEN -> openLong(now);
      case SUCCESS ->
          ++probeSuccesses >= rules.halfOpenProbes()
              ? turn(BreakerState.CLOSED, "the probes succeeded", now)
              : null;
    };
  }

  private BreakerChange probeFailed(long now) {
    if (probesEarly && openUntil - now > 0) {
      earlyProbeAt = now + EARLY_PROBE_NANOS;
      return turn(BreakerState.OPEN, "an early probe failed", now);
    }
    return open(Math.min(rules.maxOpenNanos(), 2 * openNanos), "a probe failed", now);
  }

  private BreakerChange openLong(long now) {
    BreakerChange change =
        open(
            LONG_OPEN_FACTOR * rules.maxOpenNanos(),
            "the credential is refused, or the quota used up",
            now);
    openNanos = rules.maxOpenNanos();
    openForLong = true;
    return change;
  }

  private BreakerChange open(long nanos, String reason, long now) {
    openNanos = nanos;
    openForLong = false;
    openUntil = now + nanos - (long) (nanos * random.nextDouble() * JITTER_PERCENT / 100);
    earlyProbeAt = now + EARLY_PROBE_NANOS;
    return turn(BreakerState.OPEN, reason, now);
  }

  private BreakerChange turn(BreakerState to, String reason, long now) {
    BreakerChange change = new BreakerChange(name, state, to, reason, now);
    state = to;
    why = reason;
    since = now;
    probesEarly = false;
    window.clear(now);
    restartCounts();
    return change;
  }

  private void restartCounts() {
    generation++;
    failuresInARow = 0;
    probeSuccesses = 0;
    probes = newProbes();
  }

  private Probes newProbes() {
    return new Probes(rules.halfOpenProbes(), Math.max(openNanos, rules.firstOpenNanos()));
  }

  private void publish(@Nullable BreakerChange change) {
    if (change != null) {
      listener.changed(change);
    }
  }
}
