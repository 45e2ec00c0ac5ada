package com.langdock.reliability.core.quota;

/**
 * What this process may use of one limit of one period that other processes count under too.
 *
 * <p><b>Idea.</b> A process uses a limit up to its ceiling, a total for the period that the store
 * has promised to it. So most requests ask nobody, and since the store counts each ceiling as used,
 * the sum over all processes is within the limit however they fail. A ceiling is drawn ahead of
 * need and is good for a lease; a process that cannot renew it gives it up, by its own monotonic
 * clock, before the store lets others have it.
 *
 * <p><b>While the store is away</b> the ceiling in hand is used on until it must be given up; then,
 * or when it is used up, a stated share of the limit. A limit of which the store last said that
 * nothing is left has no such share.
 *
 * <p>Amounts are totals of this process in the period: what it has used and what it holds.
 */
final class Ceiling {
  /** What the store refused is not asked for again so soon; each time twice as long. */
  static final long REFUSED_NANOS = 250_000_000L;

  private static final int MAX_DOUBLINGS = 4;

  /** Spending is measured over this time, and drawn ahead for as long. */
  static final long WINDOW_NANOS = 10_000_000_000L;

  private boolean drawn;
  private long top;
  private long until;
  private long free;
  private boolean refused;
  private boolean answered;
  private long answeredAt;
  private int doublings;
  private long lacking;

  private boolean alone;
  private long base;

  private boolean spends;
  private long windowAt;
  private long current;
  private long previous;

  /** What is left below the ceiling. */
  long left(long used, long now) {
    return isInHand(now) ? Math.max(0, top - used) : 0;
  }

  /** What is left for all processes beyond this one's ceiling, as the store last said. */
  long free() {
    return drawn ? free : 0;
  }

  private boolean isInHand(long now) {
    return drawn && now - until < 0;
  }

  /** Whether the store said lately that there is no more than the ceiling in hand. */
  boolean isRefused(long now) {
    return refused && now - answeredAt < REFUSED_NANOS << doublings;
  }

  /** Whether the store said, when it was asked last, that nothing is left. */
  boolean isExhausted() {
    return refused;
  }

  /** What may be used without the store, beyond {@code used}. */
  long leftAlone(long used, long share, long now) {
    long own = baseOf(used, now);
    long over = refused ? 0 : share;
    return Math.max(0, Ledger.plus(own, over) - used);
  }

  private long baseOf(long used, long now) {
    long known = alone ? base : drawn ? Math.max(top, used) : used;
    return isInHand(now) ? known : Math.min(known, used);
  }

  /** Whether more is promised than is used. */
  boolean isAbove(long used) {
    return drawn && top > used;
  }

  /** Whether more is used than was promised, and the store has no more. */
  boolean isPassed(long used, long now) {
    return refused && isInHand(now) && used > top;
  }

  /** Something is held. */
  void taken(long used, long amount, boolean isAlone, long now) {
    if (isAlone) {
      base = baseOf(used, now);
      alone = true;
    }
    roll(now);
    current = Ledger.plus(current, amount);
  }

  /** A request waits that needs so much. */
  void lacks(long amount) {
    lacking = Ledger.plus(lacking, amount);
  }

  /** Whether less is in hand than half of what the next ten seconds need. */
  boolean isLow(long used, long now) {
    boolean asked = answered && now - answeredAt < REFUSED_NANOS;
    return !asked && left(used, now) < spending(now) / 2;
  }

  private long spending(long now) {
    roll(now);
    return Math.max(previous, current);
  }

  private void roll(long now) {
    if (!spends || now - windowAt >= 2 * WINDOW_NANOS) {
      spends = true;
      windowAt = now;
      current = 0;
      previous = 0;
    } else if (now - windowAt >= WINDOW_NANOS) {
      windowAt += WINDOW_NANOS;
      previous = current;
      current = 0;
    }
  }

  /** What to ask the store for; requests that wait are those of this question. */
  CeilingWant.Need need(long limit, long used, long now) {
    long demand = lacking;
    lacking = 0;
    return new CeilingWant.Need(limit, used, demand, Ledger.plus(spending(now), demand));
  }

  /**
   * The store has answered.
   *
   * @param goodUntil when the ceiling is to be given up
   */
  void drawn(CeilingWant.Need need, CeilingGrant.Part part, long goodUntil, long now) {
    drawn = true;
    top = Ledger.plus(need.used(), part.amount());
    until = goodUntil;
    free = part.free();
    boolean again = refused;
    refused = part.free() == 0 && part.amount() < Math.max(need.demand(), 1);
    doublings = refused && again ? Math.min(doublings + 1, MAX_DOUBLINGS) : 0;
    answered = true;
    answeredAt = now;
    alone = false;
  }

  /** The limit has changed: what the store said before does not count. */
  void forget() {
    drawn = false;
    refused = false;
    answered = false;
  }
}
