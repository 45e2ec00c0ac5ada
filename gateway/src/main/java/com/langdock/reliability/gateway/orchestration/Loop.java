package com.langdock.reliability.gateway.orchestration;

import com.langdock.reliability.core.domain.Ticker;
import io.vertx.core.Completable;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;

/** What the requests of one event loop share: timers, the clock, and its providers. */
public final class Loop {
  /**
   * Work on a body larger than this, in bytes, is done off the event loop. Counting the tokens of
   * so much text takes some 10 ms.
   */
  public static final int LARGE_BODY = 64 * 1024;

  private final Vertx vertx;
  private final Ticker ticker;
  private final Map<String, Provider> providers;

  /** A loop with its own connections to {@code providers}, by name. */
  public Loop(Vertx vertx, Ticker ticker, Map<String, Provider> providers) {
    this.vertx = vertx;
    this.ticker = ticker;
    this.providers = Map.copyOf(providers);
  }

  /** The timers of the loop. */
  public Vertx vertx() {
    return vertx;
  }

  /** The clock. */
  public Ticker ticker() {
    return ticker;
  }

  /** The provider of this name; it must be configured. */
  public Provider provider(String name) {
    return Objects.requireNonNull(providers.get(name), name);
  }

  /**
   * Does {@code work} on a body of {@code size} bytes, here when it is small and on a worker thread
   * when it is large; the result, or the exception that a bug threw, comes on the event loop.
   */
  public <T> void compute(int size, Callable<T> work, Completable<T> then) {
    if (size > LARGE_BODY) {
      vertx.executeBlocking(work, false).onComplete(then);
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
}
