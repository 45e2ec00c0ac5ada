package com.langdock.reliability.gateway.telemetry;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Collects the old generation's garbage while no request waits: the serial collector lets it grow
 * to the heap's limit, and then pauses for a quarter of a second in the middle of the load. What a
 * load has left goes back to the system right after it, as with G1's periodic collections (JEP
 * 346). Not thread-safe.
 */
public final class IdleCollection {
  /** So many bytes more than after the last collection are worth one. */
  static final long WORTH_IT = 32 * 1024 * 1024;

  private static final String SERIAL_OLD_GENERATION = "Tenured Gen";

  private final LongSupplier inFlight;
  private final LongSupplier ended;
  private final LongSupplier used;
  private final Runnable collect;
  private long usedAfterLast;
  private long endedAtLast = -1;

  /**
   * Collects nothing before it looks.
   *
   * @param inFlight requests that have begun and not ended
   * @param ended requests that have ended since the start
   * @param used bytes of the old generation
   */
  IdleCollection(LongSupplier inFlight, LongSupplier ended, LongSupplier used, Runnable collect) {
    this.inFlight = inFlight;
    this.ended = ended;
    this.used = used;
    this.collect = collect;
  }

  /** Of this process; empty when its collector is another one than the serial one. */
  public static Optional<IdleCollection> of(LongSupplier inFlight, LongSupplier ended) {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getName().equals(SERIAL_OLD_GENERATION))
        .findFirst()
        .map(pool -> new IdleCollection(inFlight, ended, () -> used(pool), System::gc));
  }

  private static long used(MemoryPoolMXBean pool) {
    return pool.getUsage().getUsed();
  }

  /** Looks, to be called once a second: who had nothing to do since the last look is idle. */
  public void look() {
    long endedNow = ended.getAsLong();
    boolean isIdle = inFlight.getAsLong() == 0 && endedNow == endedAtLast;
    if (isIdle && used.getAsLong() - usedAfterLast >= WORTH_IT) {
      collect.run();
      usedAfterLast = used.getAsLong();
    }
    endedAtLast = endedNow;
  }
}
