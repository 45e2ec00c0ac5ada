package com.langdock.reliability.gateway.management;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;

/**
 * The management API's own threads: a scrape never waits for the data API's work, and that never
 * for a scrape.
 */
final class Workers {
  private static final int THREADS = 2;

  private final WorkerExecutor executor;

  Workers(Vertx vertx) {
    executor = vertx.createSharedWorkerExecutor("management", THREADS);
  }

  /** Makes a text of what is in memory; fails while the gateway stops. */
  Future<Buffer> make(Callable<Buffer> work) {
    try {
      return executor.executeBlocking(work, false).map(Objects::requireNonNull);
    } catch (RejectedExecutionException | IllegalStateException stopping) {
      return Future.failedFuture(stopping);
    }
  }

  /** Ends the threads. */
  Future<Void> close() {
    return executor.close();
  }
}
