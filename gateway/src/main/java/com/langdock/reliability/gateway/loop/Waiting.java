package com.langdock.reliability.gateway.loop;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for results of event loops, on any thread but theirs. */
public final class Waiting {
  private Waiting() {}

  /**
   * The result of {@code future}.
   *
   * @throws IllegalStateException when it does not come in time, or the thread is interrupted
   * @throws CompletionException with the cause when the future fails
   */
  public static <T> T await(Future<T> future, Duration most) {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .get(most.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", stopped);
    } catch (TimeoutException late) {
      throw new IllegalStateException("not done after " + most, late);
    } catch (ExecutionException failed) {
      throw new CompletionException(failed.getCause());
    }
  }
}
