package com.langdock.reliability.core.domain;

/** Tells what was thrown by a bug, which ends one request, from what must end the process. */
public final class FatalErrors {
  private FatalErrors() {}

  /**
   * Throws {@code thrown} again where the process cannot go on, such as after an OutOfMemoryError.
   * Too deep a recursion is one request's.
   */
  public static void rethrow(Throwable thrown) {
    if (thrown instanceof VirtualMachineError error && !(thrown instanceof StackOverflowError)) {
      throw error;
    }
  }
}
