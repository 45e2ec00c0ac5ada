package com.langdock.reliability.gateway.telemetry;

import com.langdock.reliability.core.domain.Attempt;
import com.langdock.reliability.core.session.SessionListener;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Observes one request, on its event loop. This is the only way to watch a request: what logs,
 * counts, traces and journals are observers, and differ in what of it they care for.
 *
 * <p>Order: {@link #turnedAway}, {@link #clientLeft} or {@link #refused} end a request that is not
 * valid; {@link #began} and the events of its session follow for any other. {@link #released} comes
 * last.
 */
public interface RequestObserver {
  /** Cares for nothing. */
  RequestObserver NONE = new RequestObserver() {};

  /** Cares for no event. */
  SessionListener NO_EVENTS = (event, now) -> {};

  /** The id of the trace that the request belongs to, 32 hexadecimal digits; null without one. */
  default @Nullable String traceId() {
    return null;
  }

  /** The request is refused before its body was validated. */
  default void turnedAway(EarlyRefusal refusal) {}

  /** The client left before its request was valid. */
  default void clientLeft() {}

  /** The request is not valid. */
  default void refused(Refusal refusal) {}

  /** The request is valid and begins; the result accepts its session's events. */
  default SessionListener began(RequestInfo request) {
    return NO_EVENTS;
  }

  /** Headers that {@code attempt}, which runs, sends to its provider; names in lower case. */
  default Map<String, String> headersFor(Attempt attempt) {
    return Map.of();
  }

  /** The head of the answer goes out now, with this HTTP status. */
  default void answered(int status, long now) {}

  /** Whether it records the {@linkplain #contents contents}. */
  default boolean keepsContents() {
    return false;
  }

  /** The request's body, and the answer's or as much of it as the client got. */
  default void contents(byte[] request, byte[] answer) {}

  /** Whether the last byte of an answer may have to wait for it. */
  default boolean holdsEnd() {
    return false;
  }

  /** Runs {@code end} once, on this event loop, when the last byte of the answer may go out. */
  default void mayEnd(Runnable end) {
    end.run();
  }

  /** The response is over: its last byte was sent, or the client has left. */
  default void released() {}

  /**
   * Why a request is not valid.
   *
   * @param clientRequestId the client's own id, null when it sent none
   * @param code the error's code, such as {@code invalid_value}
   * @param param the field at fault, null when it is none in particular
   * @param acceptedAtMillis when its last byte was in, in milliseconds since 1970
   * @param nanos from then until it was refused
   * @param traceId of the trace that it belongs to, null when there is none
   */
  record Refusal(
      String requestId,
      @Nullable String clientRequestId,
      String code,
      @Nullable String param,
      long acceptedAtMillis,
      long nanos,
      @Nullable String traceId) {}
}
