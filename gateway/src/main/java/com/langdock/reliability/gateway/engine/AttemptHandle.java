package com.langdock.reliability.gateway.engine;

import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.gateway.exchange.AnswerHead;

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

  /** The tokens used so far, by the provider's words or estimated; none before its answer. */
  Usage usage();

  /** What the head of the client's answer says of this attempt, once it has answered. */
  AnswerHead answerHead();
}
