package com.langdock.reliability.core.quota;

/**
 * A rate limit: the generic cell rate algorithm, a leaky bucket that is one number.
 *
 * <p>{@code fullAt} is the moment at which the bucket is full again. A token costs {@code unit}
 * nanoseconds of filling, rounded up, so that costs add up exactly and the rate is never more than
 * configured; it is less by at most one part in {@code unit}. What is admitted moves {@code fullAt}
 * on, at most to {@code depth} from now. What is settled later moves it on too, whatever the depth:
 * debt. What is given back moves it back; a moment in the past means full, so a bucket that has
 * filled meanwhile gains nothing.
 *
 * <p>Moments that go back (another thread's) see the bucket emptier than it was, never fuller.
 */
final class Bucket implements Allowance {
  /** The largest cost, some 18 years: sums of two do not overflow. */
  private static final long MAX_COST = Long.MAX_VALUE / 16;

  private Rate rate;
  private long unit;
  private long fullAt;

  /** A full bucket. */
  Bucket(Rate rate, long now) {
    this.rate = rate;
    this.unit = rate.nanosForOne();
    this.fullAt = now;
  }

  @Override
  public Rate rate() {
    return rate;
  }

  /** The moment at which it is full again; one that has passed means that it is. */
  long fullAt() {
    return fullAt;
  }

  /** Sets the moment at which it is full again. */
  void setFullAt(long moment) {
    fullAt = moment;
  }

  /** What is used of it, rounded up. */
  long usedAmount(long now) {
    return (used(now) + unit - 1) / unit;
  }

  @Override
  public void fullAt(long moment, long now) {
    if (moment - now > used(now)) {
      fullAt = now + Math.min(moment - now, cost(rate.burst()));
    }
  }

  @Override
  public long waitNanos(long amount, long kept, long now) {
    if (amount > rate.burst() - kept) {
      return NEVER;
    }
    return Math.max(0, used(now) + cost(amount) - cost(rate.burst() - kept));
  }

  @Override
  public long waitNanosAlone(long amount, long kept, long now) {
    return waitNanos(amount, kept, now);
  }

  @Override
  public void take(long amount, long now) {
    adjust(0, amount, now);
  }

  @Override
  public void adjust(long reserved, long actual, long now) {
    if (actual < reserved) {
      fullAt -= cost(reserved) - cost(actual);
    } else {
      fullAt = now + Math.min(used(now) + (cost(actual) - cost(reserved)), MAX_COST);
    }
  }

  @Override
  public long left(long kept, long now) {
    return Math.max(0, (cost(rate.burst() - kept) - used(now)) / unit);
  }

  @Override
  public long resetNanos(long now) {
    return used(now);
  }

  @Override
  public void change(Rate next, long now) {
    long nextUnit = next.nanosForOne();
    long used = used(now);
    long units = used / unit;
    long rest = (used % unit) * nextUnit / unit; // both below a minute: no overflow
    fullAt = now + Math.min(saturated(units, nextUnit) + rest, MAX_COST);
    rate = next;
    unit = nextUnit;
  }

  private long used(long now) {
    return Math.max(0, fullAt - now);
  }

  private long cost(long amount) {
    return saturated(amount, unit);
  }

  private static long saturated(long amount, long unit) {
    return amount > MAX_COST / unit ? MAX_COST : amount * unit;
  }
}
