package com.langdock.reliability.gateway.shell;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/** Worker threads that work when the test lets them. */
public final class FakeWorkers implements Executor {
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private boolean held;

  @Override
  public void execute(Runnable work) {
    waiting.add(work);
  }

  /** From now on work waits until it is {@linkplain #release released}. */
  public void hold() {
    held = true;
  }

  /** Lets what waits be done, and whatever comes. */
  public void release() {
    held = false;
  }

  /** Work that waits. */
  public int waiting() {
    return waiting.size();
  }

  /** Does the next piece of work, if there is one and it need not wait. */
  boolean runNext() {
    if (held || waiting.isEmpty()) {
      return false;
    }
    waiting.remove().run();
    return true;
  }
}
