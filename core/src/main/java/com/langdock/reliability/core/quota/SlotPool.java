package com.langdock.reliability.core.quota;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The slots of a shared limit that this replica holds, on a lease.
 *
 * <p>The store keeps what each replica holds for ten seconds from the last command, which is sent
 * each second; this replica gives out slots for eight seconds from before the last one that was
 * answered, so that nobody else has them meanwhile. Commands say how many are to be held, not how
 * many more, so that one that is sent twice changes nothing. Requests that run are held in any
 * case. Fewer are given out from before a command is sent that holds fewer.
 *
 * <p>While the store is away, and for requests that waited for it in vain, this replica has its
 * part of the limit, at least one.
 */
final class SlotPool implements Pool {
  private static final long LEASE_NANOS = TimeUnit.SECONDS.toNanos(8);
  private static final long RENEWAL_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Sharing sharing;
  private final Subject subject;
  private final Slots slots;
  private long limit = SubjectLimits.UNLIMITED;

  private long held;
  private long heldUntil;
  private long renewedAt;
  private boolean isKnown;
  private long knownAt;
  private long free;

  /** The fewest that were unused since {@link #lowestSince}. */
  private long lowest;

  private long lowestSince;

  private long waiting;
  private long keptFree = Long.MAX_VALUE;

  SlotPool(Sharing sharing, Subject subject, Slots slots, long now) {
    this.sharing = sharing;
    this.subject = subject;
    this.slots = slots;
    this.heldUntil = now;
    this.renewedAt = now;
    this.lowestSince = now;
  }

  /** How many may be given out. */
  long held() {
    return held;
  }

  /** Changes the limit of all replicas. */
  void change(long next) {
    limit = next;
    if (held > 0) {
      sharing.needs(this);
    }
  }

  /** The part of {@code limit} that this replica has by itself, at least one. */
  long share(long whole) {
    return Math.max(1, whole / sharing.replicas());
  }

  /**
   * How many this replica may give out, or one of {@link Allowance}'s constants.
   *
   * @param kept what must stay free of the limit of all
   * @param alone whether the request has waited as long as it may
   */
  long left(long kept, long now, boolean alone) {
    if (sharing.isAway()) {
      return ofShare(kept, now);
    }
    long unused = now - heldUntil < 0 ? held - slots.inUse() : 0;
    boolean isFresh = isKnown && now - knownAt < RatePool.REMEMBERED_NANOS;
    if (unused >= 1 && (kept == 0 || (isKnown && free + unused > kept))) {
      return unused;
    }
    if (isFresh && (unused >= 1 || free <= kept)) {
      return 0;
    }
    return alone ? ofShare(kept, now) : Allowance.SHORT;
  }

  private long ofShare(long kept, long now) {
    if (sharing.refusesAway()) {
      boolean inHand = now - heldUntil < 0 && held > slots.inUse();
      return inHand ? held - slots.inUse() : Allowance.UNAVAILABLE;
    }
    return Math.max(0, share(limit) - kept / sharing.replicas() - slots.inUse());
  }

  /** The most that are held beyond those in use. */
  private long ahead() {
    return Math.min(sharing.ahead(limit), Math.max(1, slots.inUse() / 4));
  }

  /** One was given out. */
  void taken() {
    sharing.holds(this);
    lowest = Math.min(lowest, Math.max(0, held - slots.inUse()));
    if (isLimited() && (slots.inUse() > held || held - slots.inUse() < ahead() / 2)) {
      sharing.needs(this);
    }
  }

  /** One came back. */
  void freed() {
    if (isLimited() && held - slots.inUse() > sharing.ahead(limit)) {
      sharing.needs(this);
    }
  }

  private boolean isLimited() {
    return limit != SubjectLimits.UNLIMITED;
  }

  @Override
  public void want(long amount, long kept) {
    waiting += amount;
    keptFree = Math.min(keptFree, kept);
    sharing.needs(this);
  }

  @Override
  public @Nullable Draw draw(long now) {
    if (!isLimited()) {
      held = 0; // the store forgets what it has when the lease ends
      return null;
    }
    long inUse = slots.inUse();
    long keptAhead = sharing.keptAhead(subject, limit);
    boolean isWanted = waiting > 0;
    long kept = isWanted ? keptFree : keptAhead;
    long unused = Math.clamp(held - inUse, 0, sharing.ahead(limit));
    long ahead = kept < keptAhead ? 0 : ahead();
    long wanted = Math.min(limit, inUse + Math.max(unused, waiting + (isWanted ? ahead : 0)));
    if (!isWanted && inUse > 0 && unused < ahead / 2) {
      wanted = Math.min(limit, inUse + ahead);
    }
    wanted = Math.max(wanted, inUse);
    held = Math.min(held, wanted);
    waiting = 0;
    keptFree = Long.MAX_VALUE;
    renewedAt = now;
    return new Draw(subject, LimitKind.CONCURRENT, new Draw.OfSlots(limit, inUse, wanted, kept));
  }

  @Override
  public void answered(Draw draw, Draw.Answer answer, long sentAt, long now) {
    held = answer.granted();
    heldUntil = sentAt + LEASE_NANOS;
    free = answer.rest();
    isKnown = true;
    knownAt = now;
    lowest = Math.max(0, held - slots.inUse());
    if (held > 0) {
      sharing.holds(this);
    }
  }

  @Override
  public void failed(Draw draw) {}

  @Override
  public void storeChanged(boolean away, long now) {
    isKnown = false;
    if (!away && isLimited() && slots.inUse() > 0) {
      sharing.needs(this);
    }
  }

  @Override
  public boolean age(long now) {
    if (now - lowestSince >= RatePool.UNUSED_NANOS) {
      lowestSince = now;
      held = Math.max(slots.inUse(), held - lowest);
      lowest = Math.max(0, held - slots.inUse());
    }
    if (isLimited() && now - renewedAt >= RENEWAL_NANOS) {
      sharing.needs(this);
    }
    return held > 0 || slots.inUse() > 0;
  }
}
