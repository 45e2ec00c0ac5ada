package com.langdock.reliability.gateway.limits;

import com.langdock.reliability.core.access.Priority;
import com.langdock.reliability.core.quota.Shedding;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * What the gateway has to do, as one event loop sees it: the requests in flight of all loops, the
 * memory that they take, and how late this loop is. Refuses requests that are too many.
 */
public final class Load {
  private final AtomicLong inFlight;
  private final DoubleSupplier memory;
  private final LongSupplier delayNanos;
  private final Consumer<Priority> shed;

  /**
   * The load of one event loop.
   *
   * @param inFlight counts the requests of all loops
   * @param memory the part of the requests' memory that is taken
   * @param delayNanos how late this loop is
   * @param shed hears of each request that is refused
   */
  public Load(
      AtomicLong inFlight,
      DoubleSupplier memory,
      LongSupplier delayNanos,
      Consumer<Priority> shed) {
    this.inFlight = inFlight;
    this.memory = memory;
    this.delayNanos = delayNanos;
    this.shed = shed;
  }

  /**
   * Counts a request that begins, unless it is refused.
   *
   * @param most how many may be in flight
   * @return whether it may begin; then {@link #end} is to be called once
   */
  public boolean begin(Priority priority, int most) {
    long others = inFlight.getAndIncrement();
    double saturation =
        Shedding.saturation((double) others / most, memory.getAsDouble(), delayNanos.getAsLong());
    if (Shedding.refuses(priority, saturation)) {
      end();
      shed.accept(priority);
      return false;
    }
    return true;
  }

  /** A request that had begun has ended. */
  public void end() {
    inFlight.getAndDecrement();
  }

  /** The requests in flight of all loops. */
  public long inFlight() {
    return inFlight.get();
  }
}
