package com.langdock.reliability.gateway.telemetry.tracing;

import com.langdock.reliability.gateway.telemetry.RequestObserver;
import com.langdock.reliability.gateway.telemetry.RequestStart;
import com.langdock.reliability.gateway.telemetry.TraceContext;

/** Records nothing, and passes a client's trace on to the providers. */
final class NoTracing implements Tracing {
  @Override
  public RequestObserver observe(RequestStart request) {
    TraceContext trace = request.trace();
    return trace == null ? RequestObserver.NONE : new PassedOnTrace(trace);
  }

  @Override
  public void close() {}
}
