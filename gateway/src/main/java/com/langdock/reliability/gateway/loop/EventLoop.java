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
 * One event loop as those see it that live on it.
 *
 * <p>Whatever is called here is called on the loop's own thread, except {@link #execute}; it need
 * not be called from within Vert.x, whose own timers and workers would then belong to another loop.
 */
public final class EventLoop {
  /**
   * Work on a body larger than this, in bytes, is done off the event loop. Counting the tokens of
   * so much text takes some 10 ms.
   */
  public static final int LARGE_BODY = 64 * 1024;

  private final io.netty.channel.EventLoop thread;
  private final BodyWorkers workers;
  private final Ticker ticker;
  private final Consumer<Throwable> bugs;

  /**
   * An event loop on {@code thread}.
   *
   * @param workers run what would hold the loop up, shared by all loops
   * @param bugs hears what is thrown on the loop
   */
  public EventLoop(
      io.netty.channel.EventLoop thread,
      BodyWorkers workers,
      Ticker ticker,
      Consumer<Throwable> bugs) {
    this.thread = thread;
    this.workers = workers;
    this.ticker = ticker;
    this.bugs = bugs;
  }

  /** The event loop on which {@code vertx} calls, with workers of its own. */
  public static EventLoop of(Vertx vertx, Ticker ticker) {
    return of(vertx, BodyWorkers.start(1), ticker);
  }

  /** The event loop on which {@code vertx} calls; {@code workers} are shared by all loops. */
  public static EventLoop of(Vertx vertx, BodyWorkers workers, Ticker ticker) {
    ContextInternal context = (ContextInternal) vertx.getOrCreateContext();
    return new EventLoop(context.nettyEventLoop(), workers, ticker, context::reportException);
  }

  /** The clock. */
  public Ticker ticker() {
    return ticker;
  }

  /** A timer that is not set. */
  public LoopTimer alarm() {
    return new LoopTimer(this);
  }

  /**
   * The same loop as one call sees it.
   *
   * @param guard hears whatever is thrown by work, timers and results of that call, and ends it
   */
  public EventLoop guardedBy(Consumer<Throwable> guard) {
    return new EventLoop(thread, workers, ticker, guard);
  }

  /**
   * Does {@code work} later on this loop: once it has read what there is to read now. Never, if the
   * loop has been shut down.
   */
  public void execute(Runnable work) {
    try {
      thread.execute(() -> run(work));
    } catch (RejectedExecutionException stopped) {
      unlessShutDown(stopped);
    }
  }

  /** Does {@code work} on this loop in {@code nanos}; null if the loop has been shut down. */
  @Nullable Future<?> schedule(long nanos, Runnable work) {
    try {
      return thread.schedule(() -> run(work), nanos, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException stopped) {
      unlessShutDown(stopped);
      return null;
    }
  }

  /** The connections of a loop that is shut down are closed by then: nobody waits for the work. */
  private void unlessShutDown(RejectedExecutionException rejected) {
    if (!thread.isShuttingDown()) {
      throw rejected;
    }
  }

  /**
   * Does {@code work} on this loop every {@code nanos}, for as long as the loop lives.
   *
   * @return what ends it before
   */
  public Runnable every(long nanos, Runnable work) {
    Future<?> timer =
        thread.scheduleAtFixedRate(() -> run(work), nanos, nanos, TimeUnit.NANOSECONDS);
    return () -> timer.cancel(false);
  }

  /** Tells of a bug, which the thread itself would keep to itself. */
  private void run(Runnable work) {
    try {
      work.run();
    } catch (Throwable bug) {
      caught(bug);
    }
  }

  /** Tells of what was thrown and caught on this loop; fatal errors are thrown again. */
  public void caught(Throwable bug) {
    report(bug);
    FatalErrors.rethrow(bug);
  }

  /** Tells of a bug that was thrown on this loop. */
  public void report(Throwable bug) {
    bugs.accept(bug);
  }

  /**
   * Does {@code work} on a body of {@code size} bytes, here when it is small and on a worker thread
   * when it is large; the result, or what a bug threw, comes on the event loop.
   */
  public <T> void compute(
      int size, Callable<T> work, BiConsumer<@Nullable T, @Nullable Throwable> then) {
    if (size > LARGE_BODY) {
      computeAside(size, work, then);
    } else {
      Computed.of(work).tell(then);
    }
  }

  /** Does {@code work} on a worker thread; what comes of it comes on the event loop. */
  public <T> void computeAside(
      Callable<T> work, BiConsumer<@Nullable T, @Nullable Throwable> then) {
    computeAside(0, work, then);
  }

  /**
   * Does {@code work} on a body of {@code size} bytes on a worker thread; what comes of it comes on
   * the event loop.
   */
  public <T> void computeAside(
      int size, Callable<T> work, BiConsumer<@Nullable T, @Nullable Throwable> then) {
    try {
      workers.execute(
          size,
          () -> {
            Computed<T> result = Computed.of(work);
            execute(() -> result.tell(then));
          });
    } catch (RejectedExecutionException stopped) {
      then.accept(null, stopped);
    }
  }

  /** What came of work: a result, or what was thrown. */
  private record Computed<T>(@Nullable T result, @Nullable Throwable thrown) {
    static <T> Computed<T> of(Callable<T> work) {
      try {
        return new Computed<>(work.call(), null);
      } catch (Throwable bug) {
        return new Computed<>(null, bug);
      }
    }

    void tell(BiConsumer<@Nullable T, @Nullable Throwable> then) {
      then.accept(result, thrown);
    }
  }
}
