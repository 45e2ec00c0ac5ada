package com.langdock.reliability.gateway.tracing;

import com.langdock.reliability.core.domain.Attempt;
import com.langdock.reliability.core.session.SessionListener;
import com.langdock.reliability.gateway.observability.RequestInfo;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A trace to which nothing is added.
 *
 * @param incoming the client's, null when it named none
 */
record PassedOnTrace(@Nullable TraceContext incoming) implements RequestTrace {
  @Override
  public @Nullable String traceId() {
    return incoming == null ? null : incoming.traceId();
  }

  @Override
  public Map<String, String> headers(Attempt attempt) {
    return incoming == null ? Map.of() : incoming.headers();
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
