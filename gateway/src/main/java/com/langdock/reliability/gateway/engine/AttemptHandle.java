package com.langdock.reliability.gateway.engine;

import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.gateway.exchange.RequestChanges;

/**
 * An attempt under way. It reports its end to its driver, once and by its name, unless it is
 * cancelled.
 */
interface AttemptHandle {
  void begin();

  /** Closes the connection; the driver hears nothing more. */
  void cancel();

  /** Reads nothing more from the provider for now. */
  void pause();

  /** Reads on. */
  void resume();

  /** The tokens used so far, by the provider's words or estimated. */
  Usage usage();

  /** What the provider was asked differently from the client's request, once that is sent. */
  RequestChanges changes();
}
