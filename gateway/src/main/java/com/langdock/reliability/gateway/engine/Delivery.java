package com.langdock.reliability.gateway.engine;

import com.langdock.reliability.core.domain.Attempt;
import com.langdock.reliability.core.session.Step;
import com.langdock.reliability.gateway.exchange.AnswerHead;
import com.langdock.reliability.gateway.exchange.ClientWriter;
import com.langdock.reliability.gateway.exchange.WholeAnswer;
import org.jspecify.annotations.Nullable;

/**
 * Where a request's end goes, on the event loop: exactly one end is told, once. A stream that has
 * begun ends by itself, or by one of the other ends as an error inside it.
 */
public interface Delivery {
  /** A writer of the client's stream; asked for once, when the client wants a stream. */
  ClientWriter writer();

  /**
   * The request was answered by {@code attempt}.
   *
   * @param head what that attempt adds to the answer's head
   */
  void answered(WholeAnswer answer, Attempt attempt, AnswerHead head);

  /** The first content of a stream comes from {@code attempt}; called for each that gives some. */
  default void begins(Attempt attempt) {}

  /**
   * A stream begins: what follows goes to the result. Called once.
   *
   * @param attempt whose first content came; null when there is none yet, and the head must go out
   * @param head what that attempt adds to the answer's head
   */
  StreamDelivery streams(@Nullable Attempt attempt, AnswerHead head);

  /** The request failed. */
  void failed(Step.GiveUp giveUp);

  /** Whether it wants to hear how a stream grows. */
  default boolean countsOutput() {
    return false;
  }

  /**
   * The running attempt's stream has so many tokens by now.
   *
   * @return false when the request must not go on
   */
  default boolean grewTo(long tokens) {
    return true;
  }

  /** Takes {@code bytes} of memory for the answer until the request is over; false when full. */
  boolean reserve(long bytes);

  /** Gives {@code bytes} that were reserved back, since an attempt's answer is not used. */
  void giveBack(long bytes);

  /** A bug in the gateway ends the request, whatever its state; it aborts its driver. */
  void crashed(Throwable bug);
}
