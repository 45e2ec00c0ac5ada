package com.langdock.reliability.gateway.loop;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs work on large bodies outside the event loops, in order, with a limit on concurrent work.
 *
 * <p>Parsing or translating a body takes several times its size while it runs. Work on huge bodies,
 * of more than {@link #HUGE} bytes, runs only while their total stays below {@link #MAX_BYTES} (at
 * least one runs), and never on the last thread, which is kept for smaller bodies. The queue is
 * bounded by the memory of the requests it belongs to. Thread-safe.
 */
public final class BodyWorkers {
  /** Bodies of more bytes are huge. */
  static final int HUGE = 1024 * 1024;

  /** The most bytes of huge bodies in work at once. */
  static final long MAX_BYTES = 32L * 1024 * 1024;

  private static final int IDLE_SECONDS = 10;

  private record Task(int size, Runnable work) {}

  private final Executor threads;
  private final int maxHuge;
  private final Queue<Task> waiting = new ArrayDeque<>();
  private int running;
  private long runningBytes;

  /**
   * Workers on {@code threads}.
   *
   * @param count how many threads there are
   */
  public BodyWorkers(Executor threads, int count) {
    this.threads = threads;
    this.maxHuge = Math.max(1, count - 1);
  }

  /** Workers on {@code count} threads of their own, which end when idle. */
  public static BodyWorkers start(int count) {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            count,
            count,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("bodies-", 0).factory());
    threads.allowCoreThreadTimeOut(true);
    return new BodyWorkers(threads, count);
  }

  /** Runs {@code work} on a body of {@code size} bytes, soon. */
  void execute(int size, Runnable work) {
    if (size <= HUGE) {
      threads.execute(work);
      return;
    }
    synchronized (this) {
      waiting.add(new Task(size, work));
    }
    startWaiting();
  }

  private void startWaiting() {
    for (Task next = next(); next != null; next = next()) {
      start(next);
    }
  }

  private void start(Task task) {
    boolean started = false;
    try {
      threads.execute(() -> run(task));
      started = true;
    } finally {
      if (!started) {
        ended(task);
      }
    }
  }

  private void run(Task task) {
    try {
      task.work().run();
    } finally {
      ended(task);
      startWaiting();
    }
  }

  private synchronized @Nullable Task next() {
    Task next = waiting.peek();
    boolean mayRun =
        next != null
            && (running == 0 || (running < maxHuge && runningBytes + next.size() <= MAX_BYTES));
    if (!mayRun) {
      return null;
    }
    running++;
    runningBytes += next.size();
    return waiting.poll();
  }

  private synchronized void ended(Task task) {
    running--;
    runningBytes -= task.size();
  }
}
