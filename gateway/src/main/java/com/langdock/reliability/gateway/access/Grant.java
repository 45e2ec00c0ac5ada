package com.langdock.reliability.gateway.access;

import com.langdock.reliability.core.domain.Usage;
import org.jspecify.annotations.Nullable;

/**
 * The permission of one request: in whose name it is, and what is held for it until it ends. Lives
 * on the request's event loop.
 */
public non-sealed interface Grant extends Access.Admission {
  /** Of anybody: in nobody's name, with nothing held for it. */
  Grant ANONYMOUS =
      new Grant() {
        @Override
        public @Nullable String client() {
          return null;
        }

        @Override
        public void release(Usage usage, Outcome outcome) {}
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

  /** The name of the client, null when it has none. */
  @Nullable String client();

  /**
   * Gives back what is held for the request. Called once, when the last of its response was sent or
   * its client has left.
   *
   * @param usage of all its attempts
   */
  void release(Usage usage, Outcome outcome);
}
