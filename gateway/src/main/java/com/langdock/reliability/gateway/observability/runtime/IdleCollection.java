package com.langdock.reliability.gateway.observability.runtime;

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

  private final LongSupplier requests;
  private final LongSupplier used;
  private final Runnable collect;
  private long usedAfterLast;
  private boolean wasIdle;

  /**
   * Collects nothing before it looks.
   *
   * @param requests in flight
   * @param used bytes of the old generation
   */
  IdleCollection(LongSupplier requests, LongSupplier used, Runnable collect) {
    this.requests = requests;
    this.used = used;
    this.collect = collect;
  }

  /** Of this process; empty when its collector is another one than the serial one. */
  public static Optional<IdleCollection> of(LongSupplier requests) {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getName().equals(SERIAL_OLD_GENERATION))
        .findFirst()
        .map(pool -> new IdleCollection(requests, () -> used(pool), System::gc));
  }

  private static long used(MemoryPoolMXBean pool) {
    return pool.getUsage().getUsed();
  }

  /** Looks, to be called once a second: what idles twice in a row is idle. */
  public void look() {
    boolean isIdle = requests.getAsLong() == 0;
    if (isIdle && wasIdle && used.getAsLong() - usedAfterLast >= WORTH_IT) {
      collect.run();
      usedAfterLast = used.getAsLong();
    }
    wasIdle = isIdle;
  }
}
