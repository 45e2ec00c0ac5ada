package com.langdock.reliability.gateway.telemetry.tracing;

import com.langdock.reliability.core.domain.Attempt;
import com.langdock.reliability.core.session.SessionEvent;
import com.langdock.reliability.core.session.SessionListener;
import com.langdock.reliability.gateway.telemetry.RequestInfo;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A trace that cannot break its request: its exceptions go to {@code failures}, and the request
 * continues without it.
 */
final class IsolatedTrace implements RequestTrace {
  private final RequestTrace trace;
  private final Consumer<Throwable> failures;

  IsolatedTrace(RequestTrace trace, Consumer<Throwable> failures) {
    this.trace = trace;
    this.failures = failures;
  }

  /** This trace already is isolated. */
  @Override
  public RequestTrace isolated(Consumer<Throwable> others) {
    return this;
  }

  @Override
  public @Nullable String traceId() {
    return trace.traceId();
  }

  @Override
  public Map<String, String> headers(Attempt attempt) {
    try {
      return trace.headers(attempt);
    } catch (Throwable thrown) {
      failures.accept(thrown);
      return Map.of();
    }
  }

  @Override
  public SessionListener started(RequestInfo request, SessionListener others) {
    try {
      SessionListener traced = trace.started(request, (event, now) -> {});
      return (event, now) -> {
        on(traced, event, now);
        others.on(event, now);
      };
    } catch (Throwable thrown) {
      failures.accept(thrown);
      return others;
    }
  }

  private void on(SessionListener traced, SessionEvent event, long now) {
    try {
      traced.on(event, now);
    } catch (Throwable thrown) {
      failures.accept(thrown);
    }
  }

  @Override
  public void refused(String code) {
    try {
      trace.refused(code);
    } catch (Throwable thrown) {
      failures.accept(thrown);
    }
  }

  @Override
  public void answered(int status, long now) {
    try {
      trace.answered(status, now);
    } catch (Throwable thrown) {
      failures.accept(thrown);
    }
  }
}
