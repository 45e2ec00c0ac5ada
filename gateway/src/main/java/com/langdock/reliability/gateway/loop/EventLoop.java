package com.langdock.reliability.gateway.loop;

import com.langdock.reliability.core.domain.FatalErrors;
import com.langdock.reliability.core.domain.Ticker;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The event loop, as seen by code that runs on it.
 *
 * <p>All methods are called on the loop's own thread, except {@link #execute}. Unlike Vert.x's
 * timers and workers, they need no current Vert.x context.
 */
public final class EventLoop {
  /**
   * Work on a body larger than this, in bytes, runs on a worker. Counting the tokens of such a text
   * takes some 10 ms.
   */
  public static final int LARGE_BODY = 64 * 1024;

  private final io.netty.channel.EventLoop thread;
  private final BodyWorkers workers;
  private final Ticker ticker;
  private final TimerQueue timers;
  private final Consumer<Throwable> bugs;

  /**
   * An event loop on {@code thread}.
   *
   * @param workers run long work; shared by all loops
   * @param bugs receives exceptions thrown on the loop
   */
  public EventLoop(
      io.netty.channel.EventLoop thread,
      BodyWorkers workers,
      Ticker ticker,
      Consumer<Throwable> bugs) {
    this.thread = thread;
    this.workers = workers;
    this.ticker = ticker;
    this.timers = new TimerQueue(thread, ticker);
    this.bugs = bugs;
  }

  private EventLoop(EventLoop shared, Consumer<Throwable> bugs) {
    this.thread = shared.thread;
    this.workers = shared.workers;
    this.ticker = shared.ticker;
    this.timers = shared.timers;
    this.bugs = bugs;
  }

  /** The event loop of the current {@code vertx} context, with workers of its own. */
  public static EventLoop of(Vertx vertx, Ticker ticker) {
    return of(vertx, BodyWorkers.start(1), ticker);
  }

  /**
   * The event loop of the current {@code vertx} context; {@code workers} are shared by all loops.
   */
  public static EventLoop of(Vertx vertx, BodyWorkers workers, Ticker ticker) {
    ContextInternal context = (ContextInternal) vertx.getOrCreateContext();
    return new EventLoop(context.nettyEventLoop(), workers, ticker, context::reportException);
  }

  /** The clock. */
  public Ticker ticker() {
    return ticker;
  }

  /** A timer that is not set. */
  public LoopTimer timer() {
    return new LoopTimer(this);
  }

  /** The number of timers that are set. */
  public int pendingTimers() {
    return timers.size();
  }

  TimerQueue timers() {
    return timers;
  }

  /**
   * A view of this loop for one call.
   *
   * @param guard receives exceptions of that call's work, timers and results, and ends the call
   */
  public EventLoop guardedBy(Consumer<Throwable> guard) {
    return new EventLoop(this, guard);
  }

  /**
   * Runs {@code work} later on this loop, after the pending reads. Ignored if the loop is shut
   * down.
   */
  public void execute(Runnable work) {
    executeGuarded(guarded(work));
  }

  /** {@code work} that reports its exceptions: for work that is executed again and again. */
  public Runnable guarded(Runnable work) {
    return () -> run(work);
  }

  /** As {@link #execute}, for work that is {@linkplain #guarded guarded} already. */
  public void executeGuarded(Runnable guarded) {
    try {
      thread.execute(guarded);
    } catch (RejectedExecutionException stopped) {
      unlessShutDown(stopped);
    }
  }

  /** After a shutdown the loop's connections are closed, so nothing waits for the work. */
  private void unlessShutDown(RejectedExecutionException rejected) {
    if (!thread.isShuttingDown()) {
      throw rejected;
    }
  }

  /**
   * Runs {@code work} on this loop every {@code nanos} until the loop is shut down.
   *
   * @return cancels the repetition
   */
  public Runnable every(long nanos, Runnable work) {
    Future<?> timer =
        thread.scheduleAtFixedRate(() -> run(work), nanos, nanos, TimeUnit.NANOSECONDS);
    return () -> timer.cancel(false);
  }

  /** Reports exceptions, which the thread would otherwise discard. */
  void run(Runnable work) {
    try {
      work.run();
    } catch (Throwable bug) {
      caught(bug);
    }
  }

  /** Reports a caught exception; fatal errors are rethrown. */
  public void caught(Throwable bug) {
    report(bug);
    FatalErrors.rethrow(bug);
  }

  /** Reports an exception that was thrown on this loop. */
  public void report(Throwable bug) {
    bugs.accept(bug);
  }

  /**
   * Runs {@code work} on a body of {@code size} bytes: here if it is small, on a worker if it is
   * large. The result or exception is delivered on the event loop.
   */
  public <T> void compute(
      int size, Callable<T> work, BiConsumer<@Nullable T, @Nullable Throwable> then) {
    if (size > LARGE_BODY) {
      computeOnWorker(size, work, then);
    } else {
      Computed.of(work).deliver(then);
    }
  }

  /** Runs {@code work} on a worker; the result is delivered on the event loop. */
  public <T> void computeOnWorker(
      Callable<T> work, BiConsumer<@Nullable T, @Nullable Throwable> then) {
    computeOnWorker(0, work, then);
  }

  /**
   * Runs {@code work} on a body of {@code size} bytes on a worker; the result is delivered on the
   * event loop.
   */
  public <T> void computeOnWorker(
      int size, Callable<T> work, BiConsumer<@Nullable T, @Nullable Throwable> then) {
    try {
      workers.execute(
          size,
          () -> {
            Computed<T> result = Computed.of(work);
            execute(() -> result.deliver(then));
          });
    } catch (RejectedExecutionException stopped) {
      then.accept(null, stopped);
    }
  }

  /** The result of work, or its exception. */
  private record Computed<T>(@Nullable T result, @Nullable Throwable thrown) {
    static <T> Computed<T> of(Callable<T> work) {
      try {
        return new Computed<>(work.call(), null);
      } catch (Throwable bug) {
        return new Computed<>(null, bug);
      }
    }

    void deliver(BiConsumer<@Nullable T, @Nullable Throwable> then) {
      then.accept(result, thrown);
    }
  }
}
