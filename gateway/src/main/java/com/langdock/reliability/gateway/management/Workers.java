package com.langdock.reliability.gateway.management;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;

/**
 * The threads of the management API, so that scrapes and the data API never wait for each other.
 */
final class Workers {
  private static final int THREADS = 2;

  private final WorkerExecutor executor;
  private final Set<Future<Buffer>> running = ConcurrentHashMap.newKeySet();

  Workers(Vertx vertx) {
    this(vertx, "management");
  }

  /** Threads that share their work with no others. */
  Workers(Vertx vertx, String name) {
    executor = vertx.createSharedWorkerExecutor(name, THREADS);
  }

  /** Runs work on one of the threads; fails while the gateway stops. */
  Future<Buffer> submit(Callable<Buffer> work) {
    try {
      Future<Buffer> made = executor.executeBlocking(work, false).map(Objects::requireNonNull);
      running.add(made);
      return made.onComplete(ended -> running.remove(made));
    } catch (RejectedExecutionException | IllegalStateException stopping) {
      return Future.failedFuture(stopping);
    }
  }

  /** Runs work whose result is not a body on one of the threads. */
  <T> Future<T> call(Callable<T> work) {
    try {
      return executor.executeBlocking(work, false).map(Objects::requireNonNull);
    } catch (RejectedExecutionException | IllegalStateException stopping) {
      return Future.failedFuture(stopping);
    }
  }

  /** Ends the threads once their work is done, since event loops still need its results. */
  Future<Void> close() {
    return Future.join(List.copyOf(running))
        .eventually(executor::close)
        .otherwiseEmpty()
        .mapEmpty();
  }
}
