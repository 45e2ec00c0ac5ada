package com.langdock.reliability.gateway.telemetry.tracing;

import org.jspecify.annotations.Nullable;

/** Records nothing, and passes a client's trace on to the providers. */
final class NoTracing implements Tracing {
  @Override
  public RequestTrace begin(
      String requestId, long acceptedAt, long acceptedAtMillis, @Nullable TraceContext incoming) {
    return incoming == null ? RequestTrace.NONE : new PassedOnTrace(incoming);
  }

  @Override
  public void close() {}
}
