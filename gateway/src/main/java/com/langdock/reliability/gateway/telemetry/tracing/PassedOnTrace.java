package com.langdock.reliability.gateway.telemetry.tracing;

import com.langdock.reliability.core.domain.Attempt;
import com.langdock.reliability.gateway.telemetry.RequestObserver;
import com.langdock.reliability.gateway.telemetry.TraceContext;
import java.util.Map;

/**
 * A trace that is passed on unchanged.
 *
 * @param context the client's, or of a trace that is not sampled
 */
record PassedOnTrace(TraceContext context) implements RequestObserver {
  @Override
  public String traceId() {
    return context.traceId();
  }

  @Override
  public Map<String, String> headersFor(Attempt attempt) {
    return context.headers();
  }
}
