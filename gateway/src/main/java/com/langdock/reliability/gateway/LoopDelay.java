package com.langdock.reliability.gateway;

import com.langdock.reliability.gateway.loop.EventLoop;
import com.langdock.reliability.gateway.loop.LoopTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How late the event loops are: what a request waits for its turn. Each loop sets itself a timer,
 * and the time by which the timer is late is what everything else on the loop waited too.
 */
final class LoopDelay {
  static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final Timer delay;

  LoopDelay(MeterRegistry registry) {
    delay =
        Timer.builder("gateway.event.loop.delay")
            .description("How much later than due an event loop ran a timer.")
            .serviceLevelObjectives(
                Duration.ofMillis(1),
                Duration.ofMillis(5),
                Duration.ofMillis(10),
                Duration.ofMillis(50),
                Duration.ofMillis(100),
                Duration.ofMillis(500),
                Duration.ofSeconds(1),
                Duration.ofSeconds(5))
            .register(registry);
  }

  /**
   * Measures {@code loop}, which calls, until it is shut down.
   *
   * @return the nanoseconds by which it is late, to be asked on that loop
   */
  LongSupplier watch(EventLoop loop) {
    Watch watch = new Watch(loop, delay);
    watch.next();
    return () -> watch.lasting;
  }

  /**
   * The looks at one event loop. Late is a loop that was late at two looks one after the other: a
   * single pause of the collector is over when it is seen.
   */
  private static final class Watch {
    private final EventLoop loop;
    private final Timer delay;
    private final LoopTimer timer;
    private long last;
    private long lasting;

    Watch(EventLoop loop, Timer delay) {
      this.loop = loop;
      this.delay = delay;
      this.timer = loop.timer();
    }

    void next() {
      long due = loop.ticker().nanos() + INTERVAL_NANOS;
      timer.set(
          INTERVAL_NANOS,
          () -> {
            long late = Math.max(0, loop.ticker().nanos() - due);
            delay.record(late, TimeUnit.NANOSECONDS);
            lasting = Math.min(last, late);
            last = late;
            next();
          });
    }
  }
}
