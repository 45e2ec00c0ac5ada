package com.langdock.reliability.gateway;

import com.langdock.reliability.core.domain.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How late the event loops are: what a request waits for its turn. Each loop sets itself a timer,
 * and the time by which the timer is late is what everything else on the loop waited too.
 */
final class LoopDelay {
  private static final long INTERVAL_MILLIS = 500;

  private final Ticker ticker;
  private final Timer delay;

  LoopDelay(MeterRegistry registry, Ticker ticker) {
    this.ticker = ticker;
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

  /** Measures the event loop that calls, until {@code loop} is closed. */
  void watch(Vertx loop) {
    long due = ticker.nanos() + TimeUnit.MILLISECONDS.toNanos(INTERVAL_MILLIS);
    loop.setTimer(
        INTERVAL_MILLIS,
        timer -> {
          delay.record(Math.max(0, ticker.nanos() - due), TimeUnit.NANOSECONDS);
          watch(loop);
        });
  }
}
