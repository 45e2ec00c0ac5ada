package com.langdock.reliability.gateway.telemetry;

import com.langdock.reliability.core.session.SessionListener;
import org.jspecify.annotations.Nullable;

/** Observes requests from their start: log, meters, journal, traces. Thread-safe. */
public interface RequestObserver {
  /** A valid request begins; the returned listener accepts its session's events. */
  SessionListener started(RequestInfo request);

  /** A request was refused before any provider was asked. */
  void refused(Refusal refusal);

  /**
   * What is known of a request that was refused.
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
