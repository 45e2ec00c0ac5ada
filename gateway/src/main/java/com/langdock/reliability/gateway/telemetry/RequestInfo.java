package com.langdock.reliability.gateway.telemetry;

import com.langdock.reliability.core.access.Caller;
import org.jspecify.annotations.Nullable;

/**
 * What observers know of a request from its start.
 *
 * @param clientRequestId the client's own id, null when it sent none
 * @param model the one asked for; validation has made sure that it is configured
 * @param acceptedAt when its last byte was in, in monotonic nanoseconds
 * @param acceptedAtMillis the same moment in milliseconds since 1970
 * @param traceId of the trace that it belongs to, null when there is none
 */
public record RequestInfo(
    String requestId,
    @Nullable String clientRequestId,
    Client client,
    String model,
    boolean stream,
    long acceptedAt,
    long acceptedAtMillis,
    @Nullable String traceId) {
  /**
   * Who asks.
   *
   * @param id the client's name for itself, null when it sent none
   * @param caller whose key it brought
   */
  public record Client(@Nullable String id, Caller caller) {
    /** A client that says nothing of itself and has no key. */
    public static final Client UNKNOWN = new Client(null, Caller.ANONYMOUS);
  }
}
