package com.langdock.reliability.gateway.front;

import com.langdock.reliability.gateway.exchange.ClientWriter;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.exchange.WholeAnswer;
import org.jspecify.annotations.Nullable;

/**
 * An API that clients speak: its paths, what it makes of a request's body, and how it writes
 * answers and errors. It does no I/O, knows no provider and chooses no HTTP status. Thread-safe:
 * one object serves all event loops.
 */
public interface Front {
  /** The path of its requests, which are POSTs. */
  String path();

  /** What a GET of {@code path} shows; null when the path is none of this front's. */
  @Nullable Page page(String path);

  /**
   * Reads the body of a request.
   *
   * @param mayTakeLong whether it may block for a second; if not, it answers {@link
   *     Reading.TakesLong} where it would
   */
  Reading read(byte[] body, boolean mayTakeLong);

  /** The body of a whole answer to {@code request}, with the gateway's facts. */
  byte[] answer(WholeAnswer answer, Exchange request, AnswerFacts facts);

  /** A writer of the stream that answers {@code request}. */
  ClientWriter writer(Exchange request);

  /** The body of an error. */
  byte[] error(ApiError error, String requestId);

  /** The event that ends a stream which has begun in an error. */
  byte[] streamError(ApiError error, String requestId);

  /** What a body means. */
  sealed interface Reading {
    /** The request may be sent to a provider. */
    record Accepted(Exchange exchange) implements Reading {}

    /** It may not. */
    record Refused(ApiError error) implements Reading {}

    /** To know it would take long. */
    record TakesLong() implements Reading {}
  }

  /** What a GET shows. */
  sealed interface Page {
    /** A JSON document. */
    record Json(byte[] body) implements Page {}

    /** There is no such document. */
    record Missing(ApiError error) implements Page {}
  }
}
