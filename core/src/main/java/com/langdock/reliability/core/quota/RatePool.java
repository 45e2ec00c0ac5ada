package com.langdock.reliability.core.quota;

import java.util.concurrent.TimeUnit;

/**
 * The part of a shared rate that this replica drew.
 *
 * <p>Requests take from what is held. What they use beyond it is owed, and charged to the shared
 * bucket with the next command; what they do not use comes back here, and what is more than may be
 * held ahead, or unused for five seconds, is given back with a command. A command that changed
 * something and was not answered is handled so that no more is ever admitted: a draw is lost, what
 * was to be given back is lost, what was owed is charged again.
 *
 * <p>Each answer says how full the shared bucket is. From that follow the waits of refusals, which
 * hold for 250 ms before the shared bucket is asked again, and whether a class of priority leaves
 * enough free.
 *
 * <p>While the store is away, and for requests that waited for it in vain, the replica has its
 * share: a bucket of the same depth in which everything costs as many times more as there are
 * replicas. It begins as full as the shared one was. When the store is back, what was taken from it
 * and has not filled again is charged to the shared bucket first.
 */
final class RatePool implements Allowance, Pool {
  /** So long an answer of the store is believed when it refuses. */
  static final long REMEMBERED_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  /** What is unused for so long is given back. */
  static final long UNUSED_NANOS = TimeUnit.SECONDS.toNanos(5);

  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final Sharing sharing;
  private final Subject subject;
  private final LimitKind kind;
  private final Bucket shared;
  private final Bucket share;
  private final Pace pace;
  private Rate rate;

  private long held;
  private long owed;
  private long giving;

  /** The least that was held since {@link #lowestSince}: so much is unused. */
  private long lowest;

  private long lowestSince;

  private boolean isKnown;
  private long knownAt;
  private boolean isRefused;

  private long needed;
  private long leastNeeded = Long.MAX_VALUE;
  private long keptFree = Long.MAX_VALUE;

  RatePool(Sharing sharing, Subject subject, LimitKind kind, Rate rate, long now) {
    this.sharing = sharing;
    this.subject = subject;
    this.kind = kind;
    this.rate = rate;
    this.shared = new Bucket(rate, now);
    this.share = new Bucket(rate, now);
    this.pace = new Pace(now);
    this.lowestSince = now;
  }

  @Override
  public Rate rate() {
    return rate;
  }

  /** What is in hand. */
  long held() {
    return held;
  }

  /** What was used beyond that and is not charged yet. */
  long owed() {
    return owed;
  }

  @Override
  public long waitNanos(long amount, long kept, long now) {
    if (amount > rate.burst() - kept) {
      return NEVER;
    }
    return sharing.isAway() ? ofShare(amount, kept, now) : ofStore(amount, kept, now);
  }

  @Override
  public long waitNanosAlone(long amount, long kept, long now) {
    long wait = waitNanos(amount, kept, now);
    return wait == SHORT ? ofShare(amount, kept, now) : wait;
  }

  private long ofStore(long amount, long kept, long now) {
    boolean suffices = held >= amount;
    long age = now - knownAt;
    boolean leavesEnough =
        kept == 0 || (isKnown && age < FRESH_NANOS && shared.left(0, now) >= kept);
    if (suffices && leavesEnough) {
      return 0;
    }
    if (isKnown && age < REMEMBERED_NANOS && (isRefused || suffices)) {
      long wait = shared.waitNanos(Math.max(0, amount - held), kept, now);
      if (wait > 0) {
        return wait;
      }
    }
    return SHORT;
  }

  /** An amount beyond the whole share is admitted when the share is full, and is a debt then. */
  private long ofShare(long amount, long kept, long now) {
    if (held >= amount) {
      return 0;
    }
    if (sharing.refusesAway()) {
      return UNAVAILABLE;
    }
    long costs = Math.min((amount - held) * sharing.replicas(), rate.burst() - kept);
    return share.waitNanos(costs, kept, now);
  }

  @Override
  public void take(long amount, long now) {
    long fromHeld = Math.min(held, amount);
    held -= fromHeld;
    lowest = Math.min(lowest, held);
    long beyond = amount - fromHeld;
    if (beyond > 0) {
      owed += beyond;
      share.take(beyond * sharing.replicas(), now);
      sharing.holds(this);
    }
    pace.add(amount, now);
    if (owed > 0 || held < aheadWanted(now) / 2) {
      sharing.needs(this);
    }
  }

  @Override
  public void adjust(long reserved, long actual, long now) {
    if (actual >= reserved) {
      take(actual - reserved, now);
      return;
    }
    long back = reserved - actual;
    pace.add(-back, now);
    long ofOwed = Math.min(owed, back);
    if (ofOwed > 0) {
      owed -= ofOwed;
      share.adjust(ofOwed * sharing.replicas(), 0, now);
    }
    held += back - ofOwed;
    giveBackAbove(sharing.ahead(rate.burst()));
    sharing.holds(this);
  }

  private void giveBackAbove(long most) {
    if (held > most) {
      giving += held - most;
      held = most;
      lowest = Math.min(lowest, held);
      sharing.needs(this);
    }
  }

  /** What the next two seconds will need beyond what the limit lets a replica hold. */
  private long aheadWanted(long now) {
    return Math.min(pace.lastTwoSeconds(now), sharing.ahead(rate.burst()));
  }

  @Override
  public long left(long kept, long now) {
    long most = rate.burst() - kept;
    long more =
        sharing.isAway() ? share.left(kept, now) / sharing.replicas() : shared.left(kept, now);
    return Math.min(most, held + more);
  }

  @Override
  public long resetNanos(long now) {
    return (sharing.isAway() ? share : shared).resetNanos(now);
  }

  @Override
  public void fullAt(long moment, long now) {
    share.fullAt(moment, now);
  }

  @Override
  public void change(Rate next, long now) {
    rate = next;
    shared.change(next, now);
    share.change(next, now);
    giveBackAbove(sharing.ahead(next.burst()));
  }

  @Override
  public void want(long amount, long kept) {
    needed += amount;
    leastNeeded = Math.min(leastNeeded, amount);
    keptFree = Math.min(keptFree, kept);
    sharing.needs(this);
  }

  @Override
  public Draw draw(long now) {
    long keptAhead = sharing.keptAhead(subject, rate.burst());
    boolean isWanted = leastNeeded != Long.MAX_VALUE;
    long kept = isWanted ? Math.min(keptFree, rate.burst()) : keptAhead;
    long ahead = Math.max(0, aheadWanted(now) - held);
    long missing = Math.max(0, needed - held);
    long wanted = kept < keptAhead ? missing : Math.max(missing, ahead);
    long least = isWanted ? Math.max(0, leastNeeded - held) : Math.min(1, wanted);
    long change = owed - giving;
    owed = 0;
    giving = 0;
    needed = 0;
    leastNeeded = Long.MAX_VALUE;
    keptFree = Long.MAX_VALUE;
    return new Draw(subject, kind, new Draw.OfRate(rate, change, least, wanted, kept));
  }

  @Override
  public void answered(Draw draw, Draw.Answer answer, long sentAt, long now) {
    Draw.OfRate ask = (Draw.OfRate) draw.ask();
    held += answer.granted();
    shared.setFullAt(now + answer.rest());
    isKnown = true;
    knownAt = now;
    isRefused = answer.granted() < ask.wanted();
    if (answer.granted() > 0) {
      lowest = held;
      lowestSince = sentAt;
    }
    sharing.holds(this);
  }

  @Override
  public void failed(Draw draw) {
    long charge = ((Draw.OfRate) draw.ask()).change();
    if (charge > 0) {
      owed += charge;
      sharing.needs(this);
    }
  }

  @Override
  public void storeChanged(boolean away, long now) {
    if (away) {
      giving = 0;
      if (isKnown) {
        share.fullAt(now + shared.resetNanos(now), now);
      }
      isRefused = false;
      return;
    }
    owed = Math.min(owed, share.usedAmount(now) / sharing.replicas());
    if (owed > 0) {
      sharing.needs(this);
    }
  }

  @Override
  public boolean age(long now) {
    if (now - lowestSince >= UNUSED_NANOS) {
      lowestSince = now;
      if (lowest > 0) {
        held -= lowest;
        if (!sharing.isAway()) {
          giving += lowest;
          sharing.needs(this);
        }
      }
      lowest = held;
    }
    return held > 0 || owed > 0 || shared.resetNanos(now) > 0;
  }
}
