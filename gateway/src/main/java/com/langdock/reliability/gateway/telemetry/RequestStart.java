package com.langdock.reliability.gateway.telemetry;

import com.langdock.reliability.core.access.Caller;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a request when its last byte is in.
 *
 * @param clientRequestId the client's own id, null when it sent none
 * @param acceptedAt when its last byte was in, in monotonic nanoseconds
 * @param acceptedAtMillis the same moment in milliseconds since 1970
 * @param trace the client's, null when it named none
 * @param operation what it asks for
 * @param caller who asks
 */
public record RequestStart(
    String requestId,
    @Nullable String clientRequestId,
    long acceptedAt,
    long acceptedAtMillis,
    @Nullable TraceContext trace,
    Operation operation,
    Caller caller) {
  /** The start of an anonymous chat. */
  public RequestStart(
      String requestId,
      @Nullable String clientRequestId,
      long acceptedAt,
      long acceptedAtMillis,
      @Nullable TraceContext trace) {
    this(
        requestId,
        clientRequestId,
        acceptedAt,
        acceptedAtMillis,
        trace,
        Operation.CHAT,
        Caller.ANONYMOUS);
  }
}
