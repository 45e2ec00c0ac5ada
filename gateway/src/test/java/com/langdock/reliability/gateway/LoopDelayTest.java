package com.langdock.reliability.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.gateway.loop.BodyWorkers;
import com.langdock.reliability.gateway.loop.EventLoop;
import com.langdock.reliability.gateway.telemetry.ManualTicker;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class LoopDelayTest {
  private final ManualTicker time = new ManualTicker();
  private final EmbeddedChannel clock = new EmbeddedChannel();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final LongSupplier delay =
      new LoopDelay(registry)
          .watch(
              new EventLoop(
                  clock.eventLoop(),
                  new BodyWorkers(Runnable::run, 1),
                  time,
                  bug -> {
                    throw new AssertionError(bug);
                  }));

  LoopDelayTest() {
    clock.freezeTime();
  }

  /** Lets the next look be so late. */
  private long late(long millis) {
    time.advance(Duration.ofNanos(LoopDelay.INTERVAL_NANOS).plusMillis(millis));
    clock.advanceTimeBy(LoopDelay.INTERVAL_NANOS, TimeUnit.NANOSECONDS);
    clock.runScheduledPendingTasks();
    return TimeUnit.NANOSECONDS.toMillis(delay.getAsLong());
  }

  @Test
  void aSinglePauseIsNoDelay() {
    assertThat(late(0)).isZero();
    assertThat(late(400)).isZero();
    assertThat(late(1)).isEqualTo(1);
    assertThat(late(0)).isZero();
    Timer timer = registry.get("gateway.event.loop.delay").timer();
    assertThat(timer.count()).isEqualTo(4);
    assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(401);
  }

  @Test
  void aDelayThatLastsIsTheLesserOfTheLastTwo() {
    late(300);
    assertThat(late(200)).isEqualTo(200);
    assertThat(late(250)).isEqualTo(200);
    assertThat(late(0)).isZero();
  }
}
