package com.langdock.reliability.gateway.shell;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/** Worker threads that the test controls. */
public final class FakeWorkers implements Executor {
  private final Queue<Runnable> pending = new ArrayDeque<>();
  private boolean held;

  @Override
  public void execute(Runnable work) {
    pending.add(work);
  }

  /** Suspends work until {@link #release}. */
  public void hold() {
    held = true;
  }

  /** Resumes work. */
  public void release() {
    held = false;
  }

  /** The number of pending tasks. */
  public int pending() {
    return pending.size();
  }

  /** Runs the next task, if there is one and work is not suspended. */
  boolean runNext() {
    if (held || pending.isEmpty()) {
      return false;
    }
    pending.remove().run();
    return true;
  }
}
