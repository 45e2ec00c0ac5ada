package com.langdock.reliability.gateway.shell;

import com.langdock.reliability.gateway.telemetry.ManualTicker;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.AbstractScheduledEventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import io.netty.util.concurrent.Ticker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * An event loop without a thread. The test runs its tasks and advances the time of its timers.
 * Exceptions of tasks are recorded, since Netty would only log them.
 */
final class FakeEventLoop extends AbstractScheduledEventExecutor implements EventLoop {
  private static final int MAX_TASKS = 5_000_000;

  private final ManualTicker time;
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final List<ScheduledFuture<?>> repeated = new ArrayList<>();
  private final List<Throwable> thrown = new ArrayList<>();

  FakeEventLoop(ManualTicker time) {
    this.time = time;
  }

  /** Runs all queued tasks and due timers. */
  void run() {
    for (int count = 0; count < MAX_TASKS; count++) {
      Runnable due = pollScheduledTask(time.nanos());
      if (due != null) {
        tasks.add(due);
      }
      Runnable next = tasks.poll();
      if (next == null) {
        return;
      }
      try {
        next.run();
      } catch (Throwable problem) {
        thrown.add(problem);
      }
    }
    throw new AssertionError("the event loop does not come to rest");
  }

  /** Whether {@link #run} has work. */
  boolean hasWork() {
    return !tasks.isEmpty() || nanosToNextTimer() <= 0;
  }

  /** Nanoseconds until the next timer is due; {@code Long.MAX_VALUE} if there is none. */
  long nanosToNextTimer() {
    long due = nextScheduledTaskDeadlineNanos();
    return due < 0 ? Long.MAX_VALUE : due - time.nanos();
  }

  /** The exceptions that tasks threw. */
  List<Throwable> thrown() {
    return thrown;
  }

  /** The number of timers that repeat. */
  int repeatedTimers() {
    repeated.removeIf(Future::isDone);
    return repeated.size();
  }

  /** Runs {@code action} after {@code nanos}. Does not count as a timer of the gateway. */
  void later(long nanos, Runnable action) {
    var _ = schedule(action, nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable command, long initialDelay, long period, TimeUnit unit) {
    ScheduledFuture<?> timer = super.scheduleAtFixedRate(command, initialDelay, period, unit);
    repeated.add(timer);
    return timer;
  }

  @Override
  public void execute(Runnable command) {
    tasks.add(command);
  }

  @Override
  public Ticker ticker() {
    return new Ticker() {
      @Override
      public long initialNanoTime() {
        return 0;
      }

      @Override
      public long nanoTime() {
        return time.nanos();
      }

      @Override
      public void sleep(long delay, TimeUnit unit) {
        time.advance(Duration.ofNanos(unit.toNanos(delay)));
      }
    };
  }

  @Override
  public EventLoopGroup parent() {
    return this;
  }

  @Override
  public EventLoop next() {
    return this;
  }

  @Override
  public ChannelFuture register(Channel channel) {
    return register(new DefaultChannelPromise(channel, this));
  }

  @Override
  public ChannelFuture register(ChannelPromise promise) {
    return register(promise.channel(), promise);
  }

  @Deprecated
  @Override
  public ChannelFuture register(Channel channel, ChannelPromise promise) {
    channel.unsafe().register(this, promise);
    return promise;
  }

  @Override
  public boolean inEventLoop(Thread thread) {
    return true;
  }

  @Override
  public boolean isShuttingDown() {
    return false;
  }

  @Override
  public boolean isShutdown() {
    return false;
  }

  @Override
  public boolean isTerminated() {
    return false;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return false;
  }

  @Override
  public Future<?> shutdownGracefully(long quietPeriod, long timeout, TimeUnit unit) {
    return terminationFuture();
  }

  @Override
  public Future<?> terminationFuture() {
    return GlobalEventExecutor.INSTANCE.newSucceededFuture(null);
  }

  @Deprecated
  @Override
  public void shutdown() {}
}
