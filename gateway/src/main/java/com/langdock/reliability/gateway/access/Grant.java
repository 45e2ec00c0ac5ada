package com.langdock.reliability.gateway.access;

import com.langdock.reliability.core.access.Caller;
import com.langdock.reliability.core.domain.Usage;

/**
 * The permission of one request: in whose name it is, and what is held for it until it ends. Lives
 * on the request's event loop.
 */
public non-sealed interface Grant extends Access.Admission {
  /** Of anybody: in nobody's name, with nothing held for it. */
  Grant ANONYMOUS =
      new Grant() {
        @Override
        public Caller caller() {
          return Caller.ANONYMOUS;
        }
      };

  /** How a request ended. */
  enum Outcome {
    /** It was answered. */
    ANSWERED,

    /** It was refused before any provider was asked. */
    REFUSED,

    /** It ended in an error. */
    FAILED,

    /** Its client left. */
    CANCELLED
  }

  /** Who asks. */
  Caller caller();

  /** Whether the request is to end, since its key was revoked. */
  default boolean isCut() {
    return false;
  }

  /**
   * Gives back what is held for the request. Called once, when the last of its response was sent or
   * its client has left.
   *
   * @param usage of all its attempts
   */
  default void release(Usage usage, Outcome outcome) {}
}
