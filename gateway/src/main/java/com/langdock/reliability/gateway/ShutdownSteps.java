package com.langdock.reliability.gateway;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what must be done before a process ends, one step after the other. A step that fails or
 * takes too long is logged, and the next one begins.
 */
final class ShutdownSteps {
  private static final Logger LOG = LoggerFactory.getLogger(ShutdownSteps.class);

  /** Something that may fail. */
  @FunctionalInterface
  interface Step {
    /** Does it. */
    void run() throws Exception;
  }

  private ShutdownSteps() {}

  /**
   * Does {@code step} on a thread of its own and returns when it has ended, or after {@code most};
   * it then goes on by itself.
   */
  static void run(String name, Duration most, Step step) {
    Thread thread =
        Thread.ofPlatform().daemon().name("stop " + name).start(() -> guard(name, step));
    try {
      if (!thread.join(most)) {
        LOG.atError()
            .addKeyValue("event", "shutdown_step_late")
            .addKeyValue("step", name)
            .log("{} has not stopped after {}", name, most);
      }
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }

  private static void guard(String name, Step step) {
    try {
      step.run();
    } catch (Throwable failed) {
      LOG.atError()
          .addKeyValue("event", "shutdown_step_failed")
          .addKeyValue("step", name)
          .setCause(failed)
          .log("{} could not be stopped", name);
    }
  }
}
