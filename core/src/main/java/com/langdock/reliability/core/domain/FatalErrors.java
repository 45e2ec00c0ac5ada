package com.langdock.reliability.core.domain;

/** Distinguishes exceptions that end one request from errors that must end the process. */
public final class FatalErrors {
  private FatalErrors() {}

  /**
   * Rethrows {@code thrown} if the process cannot continue, such as an OutOfMemoryError. A
   * StackOverflowError ends one request only and is not rethrown.
   */
  public static void rethrow(Throwable thrown) {
    if (thrown instanceof VirtualMachineError error && !(thrown instanceof StackOverflowError)) {
      throw error;
    }
  }
}
