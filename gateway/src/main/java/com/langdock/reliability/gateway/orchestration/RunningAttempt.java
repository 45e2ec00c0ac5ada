package com.langdock.reliability.gateway.orchestration;

import com.langdock.reliability.core.domain.Usage;

/** An attempt under way; it tells its driver how it ends, unless it is cancelled. */
interface RunningAttempt {
  void begin();

  /** Closes the connection; the driver hears nothing more. */
  void cancel();

  /** Reads nothing more from the provider for now. */
  void pause();

  /** Reads on. */
  void resume();

  /** The tokens used so far, by the provider's words or estimated. */
  Usage usage();
}
