package com.langdock.reliability.gateway.loop;

import com.langdock.reliability.core.domain.Ticker;
import io.vertx.core.Completable;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

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

  private final ContextInternal context;
  private final io.netty.channel.EventLoop thread;
  private final Ticker ticker;

  /** The event loop on which {@code vertx} calls. */
  public EventLoop(Vertx vertx, Ticker ticker) {
    this.context = (ContextInternal) vertx.getOrCreateContext();
    this.thread = context.nettyEventLoop();
    this.ticker = ticker;
  }

  /** The clock. */
  public Ticker ticker() {
    return ticker;
  }

  /** A timer that is not set. */
  public Alarm alarm() {
    return new Alarm(this);
  }

  /** Does {@code work} later on this loop: once it has read what there is to read now. */
  public void execute(Runnable work) {
    thread.execute(() -> run(work));
  }

  /** Does {@code work} on this loop in {@code nanos}. */
  Future<?> schedule(long nanos, Runnable work) {
    return thread.schedule(() -> run(work), nanos, TimeUnit.NANOSECONDS);
  }

  /** Tells of a bug, which the thread itself would keep to itself. */
  private void run(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException bug) {
      report(bug);
    }
  }

  /** Tells of a bug that was thrown on this loop. */
  public void report(Throwable bug) {
    context.reportException(bug);
  }

  /** Does {@code work} later on this loop, where Vert.x knows it as its own. */
  public void executeInVertx(Runnable work) {
    context.runOnContext(now -> work.run());
  }

  /**
   * Does {@code work} on a body of {@code size} bytes, here when it is small and on a worker thread
   * when it is large; the result, or the exception that a bug threw, comes on the event loop.
   */
  public <T> void compute(int size, Callable<T> work, Completable<T> then) {
    if (size > LARGE_BODY) {
      computeAside(work, then);
      return;
    }
    T result;
    try {
      result = work.call();
    } catch (Exception bug) {
      then.fail(bug);
      return;
    }
    then.succeed(result);
  }

  /** Does {@code work} on a worker thread; what comes of it comes on the event loop. */
  public <T> void computeAside(Callable<T> work, Completable<T> then) {
    context.executeBlocking(work, false).onComplete(then);
  }
}
