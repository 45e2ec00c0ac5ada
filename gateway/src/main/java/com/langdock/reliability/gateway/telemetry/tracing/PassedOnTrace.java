package com.langdock.reliability.gateway.telemetry.tracing;

import com.langdock.reliability.core.domain.Attempt;
import com.langdock.reliability.core.session.SessionListener;
import com.langdock.reliability.gateway.telemetry.RequestInfo;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A trace that is passed on unchanged.
 *
 * @param context the client's, or of a trace that is not sampled; null when there is none
 */
record PassedOnTrace(@Nullable TraceContext context) implements RequestTrace {
  /** Nothing here can throw. */
  @Override
  public RequestTrace isolated(Consumer<Throwable> failures) {
    return this;
  }

  @Override
  public @Nullable String traceId() {
    return context == null ? null : context.traceId();
  }

  @Override
  public Map<String, String> headers(Attempt attempt) {
    return context == null ? Map.of() : context.headers();
  }

  @Override
  public SessionListener started(RequestInfo request, SessionListener others) {
    return others;
  }

  @Override
  public void refused(String code) {}

  @Override
  public void answered(int status, long now) {}
}
