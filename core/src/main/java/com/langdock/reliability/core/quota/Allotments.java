package com.langdock.reliability.core.quota;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The commands by which one process draws its parts of shared limits from a store, and gives back
 * what it does not need. Whoever sends them reports each one's answer, or that it failed.
 *
 * <p>Thread-safe: guarded by the lock of its {@link Quotas}.
 */
public final class Allotments {
  private static final long AGING_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final Object lock;
  private final Sharing sharing;
  private final IdentityHashMap<Draw, Pool> sent = new IdentityHashMap<>();
  private boolean hasAged;
  private long agedAt;

  Allotments(Object lock, Sharing sharing) {
    this.lock = lock;
    this.sharing = sharing;
  }

  /** Runs {@code action}, which must be short, whenever there begins to be something to send. */
  public void wake(Runnable action) {
    synchronized (lock) {
      sharing.wake(action);
    }
  }

  /** At most {@code most} commands that are to be sent at once. */
  public List<Draw> take(int most, long now) {
    synchronized (lock) {
      if (!hasAged || now - agedAt >= AGING_NANOS) {
        hasAged = true;
        agedAt = now;
        sharing.holding.removeIf(pool -> !pool.age(now));
      }
      List<Draw> draws = new ArrayList<>(Math.min(most, sharing.needing.size()));
      while (draws.size() < most && !sharing.needing.isEmpty()) {
        Pool pool = sharing.next();
        Draw draw = pool.draw(now);
        if (draw != null) {
          sent.put(draw, pool);
          draws.add(draw);
        }
      }
      return draws;
    }
  }

  /**
   * A command was answered.
   *
   * @param sentAt a moment before it was sent
   */
  public void answered(Draw draw, Draw.Answer answer, long sentAt, long now) {
    synchronized (lock) {
      Pool pool = sent.remove(draw);
      if (pool != null) {
        pool.answered(draw, answer, sentAt, now);
      }
    }
  }

  /** A command was not answered; whether it had any effect is not known. */
  public void failed(Draw draw) {
    synchronized (lock) {
      Pool pool = sent.remove(draw);
      if (pool != null) {
        pool.failed(draw);
      }
    }
  }

  /** So many replicas are alive. */
  public void replicas(int count) {
    synchronized (lock) {
      sharing.replicas(count);
    }
  }

  /** How many replicas are alive, as far as is known. */
  public int replicas() {
    synchronized (lock) {
      return sharing.replicas();
    }
  }

  /** Whether each replica has its share, since the store cannot be asked. */
  public boolean isAway() {
    synchronized (lock) {
      return sharing.isAway();
    }
  }

  /** The store does not answer in time any more, or does again. */
  public void away(boolean away, long now) {
    synchronized (lock) {
      if (sharing.isAway() != away && sharing.rules().hasStore()) {
        sharing.away(away);
        sharing.holding.forEach(pool -> pool.storeChanged(away, now));
      }
    }
  }
}
