package com.langdock.reliability.gateway.front;

import com.langdock.reliability.core.access.Caller;
import com.langdock.reliability.core.access.EndpointName;
import com.langdock.reliability.core.access.Rights;
import com.langdock.reliability.core.domain.Body;
import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.gateway.exchange.ClientWriter;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.exchange.WholeAnswer;
import com.langdock.reliability.json.JsonSplice;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * An API that clients speak: its paths, what it makes of a request's body, and how it writes
 * answers and errors. It does no I/O and knows no provider. Thread-safe: one object serves all
 * event loops.
 */
public interface Front {
  /** The methods of most requests. */
  Set<String> POST = Set.of("POST");

  /** The API whose requests have {@code path}; null when it is none of this front's. */
  @Nullable EndpointName endpoint(String path);

  /** The methods of requests to {@code path}, which this front takes. */
  default Set<String> methods(String path) {
    return POST;
  }

  /**
   * The bytes that the body of a request to {@code path} may have.
   *
   * @param usual for the requests of its API
   */
  default long maxBody(String path, long usual) {
    return usual;
  }

  /** What the body of a request to {@code path} may be. */
  default Bodies bodies(String path) {
    return Bodies.JSON;
  }

  /**
   * What a request to {@code path} asks for: OpenTelemetry's name of the operation, or this API's
   * own.
   */
  default String operation(String path) {
    return "chat";
  }

  /** The path of a request to {@code path} without what differs between requests. */
  default String route(String path) {
    return path;
  }

  /**
   * What a GET of {@code path} shows to a caller with {@code rights}; null when the path is none of
   * this front's.
   */
  @Nullable Page page(String path, Rights rights);

  /**
   * Whether a client that sends {@code head} speaks this API, though the path is not one of its
   * requests. Errors and pages then have this front's shape.
   */
  default boolean isSpoken(RequestHead head) {
    return false;
  }

  /** How the names of the headers begin that {@link #read} needs, in lower case; usually none. */
  default Set<String> headerPrefixes() {
    return Set.of();
  }

  /**
   * The most tokens of each answer that a valid request allows; the largest number for no limit.
   */
  default long outputLimit(Exchange request) {
    return Long.MAX_VALUE;
  }

  /** Whether requests to {@code path} may come as messages of a WebSocket. */
  default boolean speaksWebSocket(String path) {
    return false;
  }

  /**
   * This API for one request that comes as a message of a WebSocket: what is read is a message, and
   * what is written are messages, one a line; an empty line is a ping.
   *
   * @param history of the connection
   * @throws IllegalStateException if no path speaks WebSocket
   */
  default Front ofMessage(AnswerHistory history, String requestId, long unixMillis) {
    throw new IllegalStateException("requests of this API are no messages");
  }

  /** Whether {@link #ownAnswer} answers {@code request}, though a provider could. */
  default boolean answersItself(Exchange request) {
    return false;
  }

  /** How clients are told what is left of their rates. */
  default LimitHeaders limitHeaders() {
    return LimitHeaders.OPENAI;
  }

  /**
   * Reads a request.
   *
   * @param head its path and query, and its headers that begin with {@link #headerPrefixes}
   * @param mayTakeLong whether it may block for a second; if not, it answers {@link
   *     Reading.TakesLong} where it would
   */
  Reading read(RequestHead head, Body body, boolean mayTakeLong);

  /** The body of a whole answer to {@code request}, with the gateway's facts. */
  byte[] answer(WholeAnswer answer, Exchange request, AnswerFacts facts);

  /**
   * The same as edits of the provider's bytes, which are then copied once only; null if the answer
   * is not made like that.
   */
  default @Nullable JsonSplice edited(WholeAnswer answer, AnswerFacts facts) {
    return null;
  }

  /**
   * A writer of the stream that answers {@code request}.
   *
   * @param head of the request, as for {@link #read}
   */
  ClientWriter writer(Exchange request, RequestHead head);

  /**
   * The headers of every answer and error besides those that all fronts have, with names in lower
   * case; usually none.
   */
  default Map<String, String> headers(String requestId) {
    return Map.of();
  }

  /** The body of an error. */
  byte[] error(ApiError error, String requestId);

  /** The HTTP status of an error, where this API has another than the {@link ErrorTable}. */
  default int status(ApiError error) {
    return error.status();
  }

  /**
   * The events that end a stream which has begun in an error; null if only the end of the
   * connection can show that it is not whole.
   *
   * @param writer of the stream, all of whose sent events were drained; null if it is of no use
   */
  byte @Nullable [] streamError(ApiError error, String requestId, @Nullable ClientWriter writer);

  /**
   * The front's own answer to {@code request}, which no provider could answer; null if it has none.
   *
   * @param error what the client would be told instead; null if no provider can be asked
   */
  default @Nullable OwnAnswer ownAnswer(Exchange request, @Nullable ApiError error) {
    return null;
  }

  /**
   * An answer without a provider.
   *
   * @param headers with names in lower case
   */
  record OwnAnswer(byte[] body, Map<String, String> headers) {
    /**
     * An estimate where no provider counts the tokens of {@code request}. Null if it asks for
     * something else, or a provider says that it is at fault.
     *
     * @param field the name of the count in the answer
     * @param body writes the answer with a count
     */
    public static @Nullable OwnAnswer estimate(
        Exchange request, @Nullable ApiError error, String field, LongFunction<byte[]> body) {
      return request.task() == Exchange.Task.COUNT_TOKENS && (error == null || error.said() == null)
          ? new OwnAnswer(
              body.apply(request.estimatedInputTokens()), Map.of("x-gateway-estimated", field))
          : null;
    }
  }

  /** What a body may be. */
  enum Bodies {
    /** JSON. */
    JSON,
    /** JSON, or a form with files. */
    JSON_OR_FORM,
    /** Anything. */
    ANY
  }

  /**
   * The answer to {@code request} of {@code caller} comes from {@code target}. What it stores there
   * is known by an id of the answer.
   *
   * @param answer the whole answer; null for a stream
   * @param writer of the stream that has begun; null for a whole answer
   */
  default void answeredBy(
      Target target,
      Caller caller,
      Exchange request,
      @Nullable WholeAnswer answer,
      @Nullable ClientWriter writer) {}

  /** What a body means. */
  sealed interface Reading {
    /**
     * The request may be sent to a provider.
     *
     * @param copied bytes of a body made for it in place of the received one, which stays
     */
    record Accepted(Exchange exchange, long copied) implements Reading {
      /** A request with the received body. */
      public Accepted(Exchange exchange) {
        this(exchange, 0);
      }
    }

    /** It may not. */
    record Refused(ApiError error) implements Reading {}

    /** To know it would take long. */
    record TakesLong() implements Reading {}
  }

  /** What a GET shows. */
  sealed interface Page {
    /** A JSON document. */
    record Json(byte[] body) implements Page {}

    /** Nothing: a HEAD, with which clients try whether the gateway is there, finds it. */
    record Probe() implements Page {}

    /** There is no such document. */
    record Missing(ApiError error) implements Page {}
  }
}
